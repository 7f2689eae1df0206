import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { placementOf } from '../../../src/distribution.js';
import { rulesFromFiles } from '../../../src/legal-basis/index.js';
import { insertEnterprises } from '../../../src/matching/bench-load.repository.js';
import { benchQuestions, TOP } from '../../../src/matching/bench-questions.js';
import { benchEnterprise } from '../../../src/matching/bench-world.js';
import { SqlCandidates } from '../../../src/matching/candidate-source.js';
import { probeOf } from '../../../src/matching/domain/index.js';
import { replacePostings } from '../../../src/matching/posting.repository.js';
import { keepMerits } from '../../../src/matching/standings.repository.js';
import { APP_ROLE, appDataSource, Database } from '../../../src/platform/db/index.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { loadGeography, enterpriseVersion, RegistryService } from '../../../src/registry/index.js';
import { SystemClock } from '../../../src/platform/clock.js';
import { installCitusLike, tablesOf } from '../../../src/spread-tables.query.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const citus = process.env['MAILLON_TEST_CITUS'];
const suite = citus ? describe : describe.skip;
const where = citus ? `Citus ${citus}` : 'skipped: the PostgreSQL of this run has no Citus';

/** Placed as planned, or on one machine: the same questions have the same answers. */
suite(`a database spread over machines (${where})`, () => {
  let one: TestDatabase;
  let spread: Database;
  let client: Client;
  let url: URL;
  const admin = async (sql: string): Promise<void> => {
    const owner = new Client({ connectionString: process.env['MAILLON_TEST_SERVER'] });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  };
  const name = `maillon_spread_${randomBytes(6).toString('hex')}`;
  const enterprises = Array.from({ length: 300 }, (_, i) => benchEnterprise(3, i));
  const probes = benchQuestions(3, rulesFromFiles(), { from: 0, count: 60 }).map(probeOf);

  beforeAll(async () => {
    one = await cloneDatabase();
    await admin(`CREATE DATABASE ${name}`);
    url = new URL(process.env['MAILLON_TEST_SERVER']!);
    url.pathname = `/${name}`;
    await installCitusLike(process.env['MAILLON_TEST_SERVER']!, url.href);
    await prepareDatabase(url.href, { sample: false });
    const options = { url: url.href, entities: [], poolSize: 4, statementTimeoutMs: 20_000 };
    spread = new Database(await appDataSource(options).initialize());
    client = new Client({ connectionString: url.href });
    await client.connect();
    for (const database of [one.database, spread])
      await database.transaction(SYSTEM, async (tx) => {
        await insertEnterprises(tx, enterprises, new Date('2026-11-01T00:00:00Z'));
        await replacePostings(tx, [], enterprises, loadGeography());
      });
  }, 300_000);
  afterAll(async () => {
    await client.end();
    await spread.source.destroy();
    await one.drop();
    await admin(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  const answers = (database: Database): Promise<unknown[]> =>
    database.transaction(SYSTEM, async (tx) => {
      const [source, found]: [SqlCandidates, unknown[]] = [new SqlCandidates(), []];
      for (const probe of probes) found.push(await source.find(tx, probe, TOP));
      return found;
    });

  it('has every table where it was planned', async () => {
    const { rows } = await client.query<{ table: string; method: string }>(
      `SELECT logicalrelid::text AS "table", partmethod AS method FROM pg_dist_partition`,
    );
    const methods = new Map(rows.map(({ table, method }) => [table, method]));
    for (const table of await tablesOf(client)) {
      const placement = placementOf(table);
      const planned = placement === 'first' ? undefined : placement === 'everywhere' ? 'n' : 'h';
      expect([table, methods.get(table)]).toEqual([table, planned]);
    }
  });

  it('is entered on its machines by the role of the service', async () => {
    const { rows } = await client.query<{ may: boolean }>(
      'SELECT rolcanlogin AS may FROM pg_roles WHERE rolname = $1',
      [APP_ROLE],
    );
    expect(rows).toEqual([{ may: true }]);
  });

  it('names the same candidates, in the same order, of the same bound', async () => {
    const found = await answers(spread);
    expect(found).toEqual(await answers(one.database));
    expect(found.flat().length).toBeGreaterThan(100);
  });

  it('names the same after enterprises and merits have changed', async () => {
    const moved = { ...enterprises[3]!, location: enterprises[9]!.location };
    const record = { invited: 4, answered: 4, ended: 0, done: 0, invitedOn: [] };
    const merits = enterprises
      .slice(10, 20)
      .map(({ id }) => ({ enterpriseId: id, merit: 0.9, engagements: [], record }));
    for (const database of [one.database, spread])
      await database.transaction(SYSTEM, async (tx) => {
        await replacePostings(tx, [moved.id, enterprises[4]!.id], [moved], loadGeography());
        await keepMerits(tx, merits, '2026-11-24');
      });
    expect(await answers(spread)).toEqual(await answers(one.database));
  });

  it('reads the register as one machine does', async () => {
    const registry = new RegistryService(new SystemClock());
    const at = { on: '2026-11-24', knownAt: new Date() };
    const ids = enterprises.map(({ id }) => id);
    const [here, there] = await Promise.all(
      [one.database, spread].map((database) =>
        database.transaction(SYSTEM, (tx) => registry.asOf(tx, ids, at)),
      ),
    );
    expect(there).toEqual(here);
    const cited = here![0]!;
    expect(
      await spread.transaction(SYSTEM, (tx) => enterpriseVersion(tx, cited.versionId, at.knownAt)),
    ).toEqual(cited);
  });
});
