import { appDataSource, Database, rows, sqlState, type Tx } from '../../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { tcpProxy, type TcpProxy } from '../../tcp-proxy.js';

/** Two databases that do not follow each other, so that it shows where something was read. */
describe('reading from a replica', () => {
  let [main, copy]: [TestDatabase?, TestDatabase?] = [];
  let line: TcpProxy;
  let database: Database;
  beforeAll(async () => {
    [main, copy] = await Promise.all([cloneDatabase(), cloneDatabase()]);
    const behind = new URL(copy.url);
    line = await tcpProxy({ host: behind.hostname, port: Number(behind.port) });
    behind.port = String(line.port);
    const source = await appDataSource({
      url: main.url,
      replicaUrl: behind.href,
      entities: [],
      poolSize: 3,
      statementTimeoutMs: 20_000,
    }).initialize();
    database = new Database(source);
  });
  afterAll(async () => {
    await database.source.destroy();
    await line.stop();
    await Promise.all([main!.drop(), copy!.drop()]);
  });

  const whereAndWho = async (tx: Tx): Promise<string> => {
    const [found] = await rows<{ name: string; role: string }>(
      tx,
      'SELECT current_database() AS name, platform.actor_role() AS role',
    );
    return `${found!.role} in ${found!.name}`;
  };
  const nameOf = (db: TestDatabase): string => new URL(db.url).pathname.slice(1);

  it('asks the copy in the name of the actor, and writes where all is written', async () => {
    const actor = { ...SYSTEM, role: 'working-group' as const };
    expect(await database.reading(actor, whereAndWho)).toBe(`working-group in ${nameOf(copy!)}`);
    expect(await database.transaction(actor, whereAndWho)).toBe(`working-group in ${nameOf(main!)}`);
  });

  it('writes nothing, also where there is no copy', async () => {
    for (const one of [database, main!.database]) {
      const write = one.reading(SYSTEM, (tx) => rows(tx, 'CREATE TEMP TABLE t AS SELECT 1'));
      const code = await write.then(
        () => 'written',
        (error: unknown) => sqlState(error),
      );
      expect(code).toBe('25006');
    }
  });

  it('gives every connection back', async () => {
    const failing = Array.from({ length: 7 }, () =>
      database.reading(SYSTEM, () => Promise.reject(new Error('no'))).catch(() => 'failed'),
    );
    expect(await Promise.all(failing)).toEqual(Array(7).fill('failed'));
    expect(await database.reading(SYSTEM, whereAndWho)).toContain(nameOf(copy!));
  });

  it('goes to where all is written while the copy is away', async () => {
    await line.cut();
    expect(await database.reading(SYSTEM, whereAndWho)).toBe(`system in ${nameOf(main!)}`);
  });
});
