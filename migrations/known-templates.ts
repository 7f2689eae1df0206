import type { QueryRunner } from 'typeorm';

/** Adds a kind of news to those that are known, whatever they are by then. */
export async function know(db: QueryRunner, template: string): Promise<void> {
  await db.query(`
    DO $$ DECLARE known text; BEGIN
      SELECT pg_get_constraintdef(oid) INTO known FROM pg_constraint WHERE conname = 'notification_template_known';
      SELECT string_agg(DISTINCT quote_literal(kind[1]), ', ') INTO known
        FROM regexp_matches(known || '''${template}''', '''([a-z-]+)''', 'g') kind;
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      EXECUTE 'ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known CHECK (template IN ('
              || known || '))';
    END $$;
  `);
}

/** The way back: its news go, and it is unknown again. */
export async function forget(db: QueryRunner, template: string): Promise<void> {
  await db.query(`
    DELETE FROM notifications.attempt a USING notifications.notification n
      WHERE n.id = a.notification_id AND n.template = '${template}';
    DELETE FROM notifications.notification WHERE template = '${template}';
    DO $$ DECLARE known text; BEGIN
      SELECT pg_get_constraintdef(oid) INTO known FROM pg_constraint WHERE conname = 'notification_template_known';
      SELECT string_agg(DISTINCT quote_literal(kind[1]), ', ') INTO known
        FROM regexp_matches(known, '''([a-z-]+)''', 'g') kind WHERE kind[1] <> '${template}';
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      EXECUTE 'ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known CHECK (template IN ('
              || known || '))';
    END $$;
  `);
}
