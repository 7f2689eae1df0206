import { type Actor, systemActor } from './kernel/index.js';
import { loadRules, ruleFiles } from './legal-basis/index.js';
import { announceWeights, writePostings } from './matching/index.js';
import { writeDemand } from './pipeline/index.js';
import { CannotStart } from './platform/cannot-start.js';
import { SystemClock } from './platform/clock.js';
import { config } from './platform/config/index.js';
import { appDataSource, Database, migrate } from './platform/db/index.js';
import { holdsOwnedRows } from './platform/db/owned-rows.query.js';
import { spreadTables } from './spread-tables.query.js';
import { loadSample, sampleAccounts, type SampleAccount } from './sample-data.js';

const CLOCK = new SystemClock();
const SYSTEM: Actor = systemActor('prepare');

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
 * schema, where its tables are, the law, what enterprises are looked up by, word of other weights, and, into an empty database alone, the sample data.
 * @param url of the role that owns the schema
 */
export async function prepareDatabase(url: string, want: { readonly sample: boolean }): Promise<Preparation> {
  const migrations = await migrate(url);
  await spreadTables(url);
  await enterLaw(url);
  const seeded = want.sample && !(await holdsOwnedRows(url));
  return asService(url, async (database) => {
    await writePostings(database, SYSTEM, CLOCK);
    await writeDemand(database, SYSTEM, CLOCK);
    await database.transaction(SYSTEM, (tx) => announceWeights(tx, CLOCK.now()));
    const { secret } = config();
    if (seeded) await database.transaction(SYSTEM, (tx) => loadSample(tx, SYSTEM, CLOCK, secret));
    return {
      migrations,
      seeded,
      accounts: await database.transaction(SYSTEM, (tx) => sampleAccounts(tx, secret)),
    };
  });
}

/** The law in force, past and to come, from the texts that ship with this version. A faulty text leaves the former law. */
async function enterLaw(url: string): Promise<void> {
  await asService(url, async (database) => {
    const loaded = await database.transaction(SYSTEM, (tx) => loadRules(tx, ruleFiles(), CLOCK.now()));
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
