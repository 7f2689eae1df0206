import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person asks to be erased, may think again for some days, and is then forgotten where only they were concerned. */
export class LetPeopleBeErased1796001100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE accounts.erasure (
        person_id uuid PRIMARY KEY REFERENCES accounts.person (id) ON DELETE CASCADE,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        asked_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        CONSTRAINT erasure_may_be_thought_over CHECK (due_at > asked_at)
      );
      ALTER TABLE accounts.erasure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY erasure_own ON accounts.erasure
        USING (platform.is_system() OR person_id = platform.actor_person())
        WITH CHECK (platform.is_system() OR (person_id = platform.actor_person()
          AND organisation_id = platform.actor_organisation()));
      GRANT SELECT, INSERT, DELETE ON accounts.erasure TO maillon_app;

      -- Only the system forgets.
      CREATE POLICY outbox_mail_erase ON platform.outbox_mail FOR DELETE USING (platform.is_system());
      GRANT DELETE ON platform.outbox_mail TO maillon_app;
      CREATE POLICY refused_address_erase ON notifications.refused_address AS RESTRICTIVE FOR DELETE
        USING (platform.is_system());
      GRANT DELETE ON notifications.refused_address TO maillon_app;
      CREATE POLICY attempt_erase ON notifications.attempt AS RESTRICTIVE FOR UPDATE USING (platform.is_system());
      GRANT UPDATE (detail) ON notifications.attempt TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE UPDATE (detail) ON notifications.attempt FROM maillon_app;
      DROP POLICY attempt_erase ON notifications.attempt;
      REVOKE DELETE ON notifications.refused_address FROM maillon_app;
      DROP POLICY refused_address_erase ON notifications.refused_address;
      REVOKE DELETE ON platform.outbox_mail FROM maillon_app;
      DROP POLICY outbox_mail_erase ON platform.outbox_mail;
      DROP TABLE accounts.erasure;
    `);
  }
}
