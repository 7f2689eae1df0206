import { rows } from '../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../database.js';

describe('a transaction', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  it('runs as the role that owns nothing, in the name of its actor', async () => {
    const [row] = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ user: string; role: string; owned: number }>(
        tx,
        `SELECT current_user AS user, platform.actor_role() AS role,
                (SELECT count(*)::int FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'maillon_app') AS owned`,
      ),
    );
    expect(row).toEqual({ user: 'maillon_app', role: 'system', owned: 0 });
  });

  it('leaves nothing of the actor behind on the connection', async () => {
    const left = await db.database.source.query(`SELECT platform.actor_role() AS role`);
    expect(left).toEqual([{ role: 'anonymous' }]);
  });
});
