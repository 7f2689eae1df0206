import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Changes to the law that a person proposes and another approves. What is proposed is the text of a rule as a rule
 * file has it; nothing in it is changed afterwards but its outcome.
 */
export class ProposeRules1796000200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE legal_basis.proposal (
        id uuid PRIMARY KEY,
        rule_set text NOT NULL,
        rule_key text NOT NULL,
        source text NOT NULL CONSTRAINT proposal_source_given CHECK (source <> ''),
        reason text NOT NULL CONSTRAINT proposal_reason_given CHECK (reason <> ''),
        proposed_by uuid NOT NULL,
        proposed_at timestamptz NOT NULL,
        state text NOT NULL CONSTRAINT proposal_state_known CHECK (state IN ('open', 'approved', 'rejected', 'retired')),
        decided_by uuid,
        decided_at timestamptz,
        decision_reason text,
        CONSTRAINT proposal_decided_whole CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL)),
        -- Law is never changed by one person.
        CONSTRAINT proposal_second_person CHECK (state NOT IN ('approved', 'retired') OR decided_by <> proposed_by),
        CONSTRAINT proposal_rejected_why CHECK (state <> 'rejected' OR coalesce(decision_reason, '') <> '')
      );
      CREATE INDEX proposal_state_idx ON legal_basis.proposal (state, decided_at);
      ALTER TABLE legal_basis.proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY proposal_read ON legal_basis.proposal FOR SELECT
        USING (platform.actor_role() IN ('system', 'administrator'));
      CREATE POLICY proposal_insert ON legal_basis.proposal FOR INSERT
        WITH CHECK (platform.is_system() OR (platform.actor_role() = 'administrator' AND proposed_by = platform.actor_person()));
      CREATE POLICY proposal_decide ON legal_basis.proposal FOR UPDATE
        USING (platform.actor_role() IN ('system', 'administrator'))
        WITH CHECK (platform.is_system() OR decided_by = platform.actor_person());
      GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, decision_reason) ON legal_basis.proposal TO maillon_app;

      -- A version says what it says: only the end of its recorded range moves, once, from open to an instant.
      CREATE FUNCTION legal_basis.keep_versions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a rule version is never deleted' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_version_kept';
        END IF;
        IF NOT upper_inf(OLD.recorded) OR upper_inf(NEW.recorded) OR lower(NEW.recorded) <> lower(OLD.recorded)
           OR (OLD.id, OLD.version_id, OLD.rule_set, OLD.rule_key, OLD.valid, OLD.body, OLD.citation, OLD.confidence, OLD.source_file, OLD.content_hash)
              IS DISTINCT FROM
              (NEW.id, NEW.version_id, NEW.rule_set, NEW.rule_key, NEW.valid, NEW.body, NEW.citation, NEW.confidence, NEW.source_file, NEW.content_hash)
        THEN
          RAISE EXCEPTION 'a rule version is only closed, once' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_version_kept';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER rule_version_kept BEFORE UPDATE OR DELETE ON legal_basis.rule_version
        FOR EACH ROW EXECUTE FUNCTION legal_basis.keep_versions();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TRIGGER rule_version_kept ON legal_basis.rule_version;
      DROP FUNCTION legal_basis.keep_versions();
      DROP TABLE legal_basis.proposal;
    `);
  }
}
