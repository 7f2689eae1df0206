import type { QueryRunner } from 'typeorm';

/** Adds a kind of news to those that are known, whatever they are by then. */
export async function know(db: QueryRunner, template: string): Promise<void> {
  await rewrite(db, `known || '''${template}'''`, 'true');
}

/** The way back: its news go, and it is unknown again. */
export async function forget(db: QueryRunner, template: string): Promise<void> {
  await db.query(`
    SELECT set_config('maillon.role', 'system', true);
    DELETE FROM notifications.attempt a USING notifications.notification n
      WHERE n.id = a.notification_id AND n.template = '${template}';
    DELETE FROM notifications.notification WHERE template = '${template}';
    SELECT set_config('maillon.role', '', true);
  `);
  await rewrite(db, 'known', `kind[1] <> '${template}'`);
}

/** The names keep their order, so that the way back leads to the very same schema. */
async function rewrite(db: QueryRunner, names: string, wanted: string): Promise<void> {
  await db.query(`
    DO $$ DECLARE known text; BEGIN
      SELECT pg_get_constraintdef(oid) INTO known FROM pg_constraint WHERE conname = 'notification_template_known';
      SELECT string_agg(quote_literal(kind[1]), ', ' ORDER BY at) INTO known
        FROM regexp_matches(${names}, '''([a-z-]+)''', 'g') WITH ORDINALITY AS found (kind, at) WHERE ${wanted};
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      EXECUTE 'ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known CHECK (template IN ('
              || known || '))';
    END $$;
  `);
}
