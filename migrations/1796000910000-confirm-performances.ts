import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an enterprise says of the work that a contractor enters as done by it. Who it is follows from its own answer,
 * not from what the contractor writes; only it can say so, and its word is kept with its time.
 */
export class ConfirmPerformances1796000910000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- the organisation whose answer was accepted; null outside Maillon
      ALTER TABLE obligations.ledger_entry ADD enterprise_organisation_id uuid;
      CREATE FUNCTION obligations.name_enterprise() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.enterprise_organisation_id := CASE
          WHEN NEW.stage = 'committed' THEN (SELECT a.organisation_id FROM answers.answer a WHERE a.id = NEW.answer_id)
          WHEN NEW.stage IN ('performed', 'proven') THEN
            (SELECT p.enterprise_organisation_id FROM obligations.ledger_entry p WHERE p.id = NEW.parent_id)
        END;
        RETURN NEW;
      END $$;
      CREATE TRIGGER ledger_entry_names_enterprise BEFORE INSERT ON obligations.ledger_entry
        FOR EACH ROW EXECUTE FUNCTION obligations.name_enterprise();

      SELECT set_config('maillon.role', 'system', true);
      UPDATE obligations.ledger_entry e SET enterprise_organisation_id = a.organisation_id
        FROM answers.answer a WHERE a.id = e.answer_id;
      UPDATE obligations.ledger_entry e SET enterprise_organisation_id = p.enterprise_organisation_id
        FROM obligations.ledger_entry p WHERE p.id = e.parent_id AND e.stage = 'performed';
      UPDATE obligations.ledger_entry e SET enterprise_organisation_id = p.enterprise_organisation_id
        FROM obligations.ledger_entry p WHERE p.id = e.parent_id AND e.stage = 'proven';
      SELECT set_config('maillon.role', '', true);

      CREATE INDEX ledger_entry_enterprise_idx ON obligations.ledger_entry (enterprise_organisation_id, stage)
        WHERE enterprise_organisation_id IS NOT NULL;
      CREATE POLICY ledger_entry_enterprise ON obligations.ledger_entry FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND enterprise_organisation_id = platform.actor_organisation());

      CREATE TABLE obligations.confirmation (
        id uuid PRIMARY KEY,
        -- the enterprise's
        organisation_id uuid NOT NULL,
        contractor_organisation_id uuid NOT NULL,
        entry_id uuid NOT NULL REFERENCES obligations.ledger_entry (id),
        verdict text NOT NULL CONSTRAINT confirmation_verdict_known CHECK (verdict IN ('confirmed', 'disputed')),
        reason text,
        said_by uuid NOT NULL,
        recorded tstzrange NOT NULL CONSTRAINT confirmation_recorded_some CHECK (NOT isempty(recorded)),
        CONSTRAINT confirmation_by_another CHECK (organisation_id <> contractor_organisation_id),
        CONSTRAINT confirmation_disputed_says_why
          CHECK (verdict <> 'disputed' OR (reason IS NOT NULL AND btrim(reason) <> '')),
        CONSTRAINT confirmation_one_word EXCLUDE USING gist (entry_id WITH =, recorded WITH &&)
      );
      ALTER TABLE obligations.confirmation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY confirmation_read ON obligations.confirmation FOR SELECT
        USING (platform.is_system() OR platform.actor_role() IN ('working-group', 'administrator')
               OR platform.actor_organisation() IN (organisation_id, contractor_organisation_id));
      -- An enterprise speaks for itself alone, of what was entered as done by it and still stands.
      CREATE POLICY confirmation_insert ON obligations.confirmation FOR INSERT
        WITH CHECK (platform.is_system() OR (platform.actor_role() = 'enterprise'
          AND organisation_id = platform.actor_organisation()
          AND EXISTS (SELECT FROM obligations.ledger_entry e
                       WHERE e.id = entry_id AND e.stage = 'performed' AND upper_inf(e.recorded)
                         AND e.enterprise_organisation_id = platform.actor_organisation()
                         AND e.organisation_id = contractor_organisation_id)));
      CREATE POLICY confirmation_end ON obligations.confirmation FOR UPDATE
        USING (platform.is_system()
               OR (platform.actor_role() = 'enterprise' AND organisation_id = platform.actor_organisation()));
      GRANT SELECT, INSERT, UPDATE (recorded) ON obligations.confirmation TO maillon_app;

      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-amended', 'tender-withdrawn', 'tender-receipt',
                            'answer-given', 'answer-receipt', 'performance-entered', 'performance-confirmed',
                            'performance-disputed'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM notifications.attempt a USING notifications.notification n
        WHERE n.id = a.notification_id AND n.template LIKE 'performance-%';
      DELETE FROM notifications.notification WHERE template LIKE 'performance-%';
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-amended', 'tender-withdrawn', 'tender-receipt',
                            'answer-given', 'answer-receipt'));
      DROP TABLE obligations.confirmation;
      DROP POLICY ledger_entry_enterprise ON obligations.ledger_entry;
      DROP TRIGGER ledger_entry_names_enterprise ON obligations.ledger_entry;
      DROP FUNCTION obligations.name_enterprise();
      ALTER TABLE obligations.ledger_entry DROP enterprise_organisation_id;
    `);
  }
}
