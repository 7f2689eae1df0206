import { rmSync } from 'node:fs';
import { Client } from 'pg';

export default async function globalTeardown() {
  if (globalThis.postgres) {
    await globalThis.postgres.stop();
    rmSync(globalThis.postgresFolder, { recursive: true, force: true });
    return;
  }
  const admin = new Client({ connectionString: process.env.MAILLON_TEST_SERVER });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${process.env.MAILLON_TEST_TEMPLATE}`);
  await admin.end();
}
