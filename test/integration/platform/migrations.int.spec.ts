import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { APP_ROLE, loadMigrations, migrate, ownerDataSource } from '../../../src/platform/db/index.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { describeSchema } from './catalogue.js';

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * A database that nobody migrated yet, whose owner is the one that docs/operations.md asks for: no superuser, so that row
 * security holds for it as well.
 */
async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env['MAILLON_TEST_SERVER']!;
  const name = `maillon_empty_${randomBytes(6).toString('hex')}`;
  const asAdmin = (sql: string): Promise<unknown> => withClient(server, (client) => client.query(sql));
  await asAdmin(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'plain'`);
  await asAdmin(`GRANT ${APP_ROLE} TO ${name} WITH ADMIN OPTION`);
  await asAdmin(`GRANT SET ON PARAMETER maillon.role TO ${name}`);
  await asAdmin(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(server);
  [url.pathname, url.username, url.password] = [`/${name}`, name, 'plain'];
  return {
    url: url.href,
    drop: async () => {
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
      await asAdmin(`REVOKE SET ON PARAMETER maillon.role FROM ${name}`);
      await asAdmin(`REVOKE ${APP_ROLE} FROM ${name} CASCADE`);
      await asAdmin(`DROP ROLE ${name}`);
    },
  };
}

/** What the sample has none of, and a way back meets: an offer that waits for a mail about several, and that mail. */
const WAITING_OFFERS = `
  SELECT set_config('maillon.role', 'system', false);
  INSERT INTO notifications.notification (id, organisation_id, recipient_id, event_id, event_organisation_id, channel, template, params,
      tender_id, language, state, next_attempt_at, message_id, request_id, created_at)
    SELECT gen_random_uuid(), p.organisation_id, p.id, gen_random_uuid(), p.organisation_id, 'mail', kind.template, '{}',
           kind.tender_id, 'fr', kind.state, now(), kind.template, 'test', now()
      FROM (SELECT * FROM accounts.person LIMIT 1) p,
           (VALUES ('match-new', gen_random_uuid(), 'held'), ('offers-digest', NULL, 'pending')) AS kind (template, tender_id, state)`;

/** TypeORM's own table of what ran stays behind; it is no part of what a migration makes. */
const LEDGER = / (public|public\.)\b.*(schema_migration|PK_)/;
const schemaOf = (url: string): Promise<string[]> =>
  withClient(url, async (client) => (await describeSchema(client)).filter((line) => !LEDGER.test(line)));

describe('the migrations', () => {
  let empty: Awaited<ReturnType<typeof emptyDatabase>>;
  beforeEach(async () => {
    empty = await emptyDatabase();
  });
  afterEach(() => empty.drop());

  it('are ordered by the number that ends both the file and the class', async () => {
    const names = (await loadMigrations()).map(({ name }) => name);
    const numbers = names.map((name) => /\d{13}$/.exec(name)?.[0]);
    expect(numbers).not.toContain(undefined);
    expect(numbers).toEqual([...new Set(numbers)].sort());
  });

  it('go up step by step, down step by step over a full database, and up again to the same schema', async () => {
    const migrations = await loadMigrations();
    const before: string[][] = [];
    for (let step = 1; step <= migrations.length; step += 1) {
      before.push(await schemaOf(empty.url));
      const source = await ownerDataSource(empty.url, migrations.slice(0, step)).initialize();
      const ran = await source.runMigrations();
      await source.destroy();
      expect(ran).toHaveLength(1);
    }
    const newest = await schemaOf(empty.url);
    await prepareDatabase(empty.url, { sample: true });
    await withClient(empty.url, (client) => client.query(WAITING_OFFERS));

    const source = await ownerDataSource(empty.url, migrations).initialize();
    for (const step of [...migrations.keys()].reverse()) {
      await source.undoLastMigration();
      const after = await schemaOf(empty.url);
      expect({ step: migrations[step]!.name, schema: after }).toEqual({
        step: migrations[step]!.name,
        schema: before[step],
      });
    }
    await source.destroy();
    await migrate(empty.url);
    expect(await schemaOf(empty.url)).toEqual(newest);
  }, 180_000);

  it('are not begun by an owner who lacks the right they need, and say which', async () => {
    const { username } = new URL(empty.url);
    const server = process.env['MAILLON_TEST_SERVER']!;
    await withClient(server, (client) =>
      client.query(`REVOKE SET ON PARAMETER maillon.role FROM ${username}`),
    );
    const before = await schemaOf(empty.url);
    await expect(migrate(empty.url)).rejects.toThrow(`GRANT SET ON PARAMETER maillon.role TO ${username};`);
    expect(await schemaOf(empty.url)).toEqual(before);
  });

  it('run once, however many processes start at once', async () => {
    const count = (await loadMigrations()).length;
    const ran = await Promise.all(Array.from({ length: 5 }, () => migrate(empty.url)));
    expect(ran.map((names) => names.length).sort((a, b) => b - a)).toEqual([count, 0, 0, 0, 0]);
  });
});
