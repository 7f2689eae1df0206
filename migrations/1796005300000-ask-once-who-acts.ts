import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of which a page reads thousands of rows. */
const LONG = `('tenders.work_package', 'tenders.bill_line', 'tagging.tag', 'matching.match', 'answers.answer', 'notifications.notification')`;

/**
 * Who acts is the same for each row of a statement: policies ask it once where a statement reads many. Asked row by row it
 * was most of the time of a list: 31 ms for ten thousand answers. And what was offered to an enterprise is planned for that
 * enterprise: after five questions of a connection it was found as for anybody, in three times the time.
 */
export class AskOnceWhoActs1796005300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await rewrite(
      db,
      String.raw`(?<!SELECT )platform\.(is_system|actor_role|actor_organisation)\(\)`,
      String.raw`(SELECT platform.\1())`,
    );
    await db.query(
      `ALTER FUNCTION answers.offered_to_actor(timestamptz) SET plan_cache_mode = 'force_custom_plan';`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER FUNCTION answers.offered_to_actor(timestamptz) RESET plan_cache_mode;`);
    await rewrite(
      db,
      String.raw`\( SELECT platform\.(is_system|actor_role|actor_organisation)\(\) AS \w+\)`,
      String.raw`platform.\1()`,
    );
  }
}

async function rewrite(db: QueryRunner, found: string, instead: string): Promise<void> {
  await db.query(`
    DO $$
    DECLARE
      p record;
    BEGIN
      FOR p IN SELECT schemaname, tablename, policyname, regexp_replace(qual, '${found}', '${instead}', 'g') AS reads,
                      regexp_replace(with_check, '${found}', '${instead}', 'g') AS writes
                 FROM pg_policies WHERE schemaname || '.' || tablename IN ${LONG}
      LOOP
        EXECUTE format('ALTER POLICY %I ON %I.%I', p.policyname, p.schemaname, p.tablename)
          || coalesce(' USING (' || p.reads || ')', '') || coalesce(' WITH CHECK (' || p.writes || ')', '');
      END LOOP;
    END $$;
  `);
}
