import { rows } from '../../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

describe('tables of which a page reads thousands of rows', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  it('have policies that ask once who acts, not row by row', async () => {
    const long = [
      'tenders.work_package',
      'tenders.bill_line',
      'tagging.tag',
      'matching.match',
      'answers.answer',
      'notifications.notification',
    ];
    const policies = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ name: string; says: string }>(
        tx,
        `SELECT schemaname || '.' || tablename || ' ' || policyname AS name, concat_ws(' ', qual, with_check) AS says
         FROM pg_policies WHERE schemaname || '.' || tablename = ANY ($1)`,
        [long],
      ),
    );
    expect(new Set(policies.map(({ name }) => name.split(' ')[0]))).toEqual(new Set(long));
    // The catalogue writes a question that is asked once as a SELECT of its own.
    const rowByRow = policies.filter(({ says }) =>
      /(?<!SELECT )platform\.(is_system|actor_role|actor_organisation)\(\)/.test(says),
    );
    expect(rowByRow.map(({ name }) => name)).toEqual([]);
  });

  it('are asked by a function that is planned for whoever asks', async () => {
    const [found] = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ set: string[] }>(
        tx,
        `SELECT proconfig AS set FROM pg_proc WHERE oid = 'answers.offered_to_actor'::regproc`,
      ),
    );
    expect(found?.set).toContain('plan_cache_mode=force_custom_plan');
  });
});
