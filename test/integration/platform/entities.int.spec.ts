import { globSync } from 'node:fs';
import { Client } from 'pg';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { fromRoot } from '../../../src/platform/project-root.js';
import { cloneDatabase, type TestDatabase } from '../../database.js';

/**
 * Indexes, constraints and defaults are the migrations' to say; columns nobody maps are none of TypeORM's business.
 * What is left would change a mapped column.
 */
const NOT_OF_ENTITIES =
  /^(DROP|CREATE) (UNIQUE )?INDEX|(ADD|DROP) CONSTRAINT|DROP COLUMN|(SET|DROP) DEFAULT|^COMMENT ON/;

async function entities(): Promise<EntityTarget<ObjectLiteral>[]> {
  const files = globSync('src/**/*.entity.ts', { cwd: fromRoot() });
  const modules = await Promise.all(
    files.map((file) => import(fromRoot(file)) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module)) as EntityTarget<ObjectLiteral>[];
}

describe('the entities', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  async function drift(): Promise<string[]> {
    const source = await new DataSource({
      type: 'postgres',
      url: db.url,
      entities: (await entities()) as never,
      synchronize: false,
    }).initialize();
    // Ours forbid synchronising, which would hide them from the comparison too; nothing is run here.
    for (const metadata of source.entityMetadatas) metadata.synchronize = true;
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      return upQueries.map(({ query }) => query).filter((query) => !NOT_OF_ENTITIES.test(query));
    } finally {
      await source.destroy();
    }
  }

  it('say of every column they map what the database says', async () => {
    expect(await drift()).toEqual([]);
  });

  it('are found out when the database differs', async () => {
    const client = new Client({ connectionString: db.url });
    await client.connect();
    await client.query(`ALTER TABLE tenders.tender RENAME COLUMN status TO condition`);
    const found = await drift();
    await client.query(`ALTER TABLE tenders.tender RENAME COLUMN condition TO status`);
    await client.end();
    expect(found).toEqual([expect.stringContaining('"status"')]);
  });
});
