import { Client } from 'pg';
import { cloneDatabase, type TestDatabase } from '../../database.js';

/** A database of its own in which no law was ever entered: the template comes with that of this release. */
export async function cloneWithoutLaw(): Promise<TestDatabase> {
  const db = await cloneDatabase();
  const owner = new Client({ connectionString: db.url });
  await owner.connect();
  await owner.query('TRUNCATE legal_basis.rule_version');
  await owner.end();
  return db;
}
