import pg from 'pg';

export default async function globalTeardown() {
  if (globalThis.__postgres) {
    await globalThis.__postgres.stop();
    return;
  }
  const admin = new pg.Client({ connectionString: process.env.MAILLON_TEST_SERVER });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${process.env.MAILLON_TEST_TEMPLATE}`);
  await admin.end();
}
