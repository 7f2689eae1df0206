import { readFileSync } from 'node:fs';
import { PgBoss } from 'pg-boss';
import { fromRoot } from '../../../src/platform/project-root.js';
import { cloneDatabase, type TestDatabase } from '../../database.js';

describe('the schema of the job engine', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  it('is the one the installed engine expects, as our migrations left it', async () => {
    const boss = new PgBoss({ connectionString: db.url, schema: 'queue', migrate: false, supervise: false });
    await boss.start();
    try {
      const manifest = JSON.parse(readFileSync(fromRoot('node_modules/pg-boss/package.json'), 'utf8')) as {
        pgboss: { schema: number };
      };
      expect(await boss.schemaVersion()).toBe(manifest.pgboss.schema);
      expect(await boss.detectSchemaDrift()).toMatchObject({ ok: true });
    } finally {
      await boss.stop({ graceful: false });
    }
  });

  it('cannot be migrated by the role of the service', async () => {
    await expect(db.database.source.query('ALTER TABLE queue.job ADD COLUMN x int')).rejects.toThrow('owner');
    await expect(db.database.source.query('DELETE FROM queue.version')).rejects.toThrow('permission denied');
  });
});
