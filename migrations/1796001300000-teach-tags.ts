import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a person's correction teaches: texts that hold these words are of this trade, or can be placed so. A rule says
 * what it says for ever; only its acceptance and its end are written later, once each.
 */
export class TeachTags1796001300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tagging.rule (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        scope text NOT NULL CONSTRAINT rule_scope_known CHECK (scope IN ('organisation', 'everybody')),
        pattern text NOT NULL CONSTRAINT rule_pattern_length CHECK (length(pattern) BETWEEN 3 AND 200),
        -- a catalogue, its edition and the beginning of its numbers; null: all texts
        numbering jsonb,
        trade text CONSTRAINT rule_trade_shape CHECK (trade ~ '^[0-9]{8}$'),
        placeable text CONSTRAINT rule_placeable_known CHECK (placeable IN ('yes', 'part', 'no')),
        taught_by uuid NOT NULL,
        taught_at timestamptz NOT NULL,
        accepted_by uuid,
        accepted_at timestamptz,
        -- what it did to known answers when it was accepted
        measure jsonb,
        ended_by uuid,
        ended_at timestamptz,
        CONSTRAINT rule_says_something CHECK (trade IS NOT NULL OR placeable IS NOT NULL),
        CONSTRAINT rule_accepted_whole CHECK ((accepted_by IS NULL) = (accepted_at IS NULL) AND (accepted_at IS NULL) = (measure IS NULL)),
        CONSTRAINT rule_ended_whole CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
        CONSTRAINT rule_ends_after CHECK (ended_at >= accepted_at),
        -- What holds for everybody is never the word of one person.
        CONSTRAINT rule_second_person CHECK (scope <> 'everybody' OR accepted_by <> taught_by)
      );
      CREATE INDEX rule_in_force_idx ON tagging.rule (scope, organisation_id) WHERE ended_at IS NULL;
      CREATE FUNCTION tagging.keep_rules() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (OLD.accepted_at IS NOT NULL AND (NEW.accepted_by, NEW.accepted_at, NEW.measure) IS DISTINCT FROM (OLD.accepted_by, OLD.accepted_at, OLD.measure))
           OR OLD.ended_at IS NOT NULL THEN
          RAISE EXCEPTION 'a rule is accepted once and ended once' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_kept';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER rule_kept BEFORE UPDATE ON tagging.rule FOR EACH ROW EXECUTE FUNCTION tagging.keep_rules();
      ALTER TABLE tagging.rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY rule_read ON tagging.rule FOR SELECT
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR (scope = 'everybody' AND (accepted_at IS NOT NULL OR platform.actor_role() = 'administrator')));
      CREATE POLICY rule_teach ON tagging.rule FOR INSERT
        WITH CHECK (platform.is_system()
                    OR (organisation_id = platform.actor_organisation() AND taught_by = platform.actor_person()));
      CREATE POLICY rule_decide ON tagging.rule FOR UPDATE
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR (scope = 'everybody' AND platform.actor_role() = 'administrator'))
        WITH CHECK (platform.is_system() OR scope = 'organisation' OR accepted_at IS NULL
                    OR platform.actor_role() = 'administrator');
      GRANT SELECT, INSERT, UPDATE (accepted_by, accepted_at, measure, ended_by, ended_at) ON tagging.rule TO maillon_app;

      ALTER TABLE tagging.tag ADD COLUMN rule_id uuid;
      ALTER TABLE tagging.tag DROP CONSTRAINT tag_origin_known;
      ALTER TABLE tagging.tag ADD CONSTRAINT tag_origin_known CHECK (origin IN ('machine', 'document', 'person', 'rule'));
      ALTER TABLE tagging.tag ADD CONSTRAINT tag_names_its_rule CHECK ((origin = 'rule') = (rule_id IS NOT NULL));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE tagging.tag DROP CONSTRAINT tag_names_its_rule;
      UPDATE tagging.tag SET origin = 'machine' WHERE origin = 'rule';
      ALTER TABLE tagging.tag DROP CONSTRAINT tag_origin_known;
      ALTER TABLE tagging.tag ADD CONSTRAINT tag_origin_known CHECK (origin IN ('machine', 'document', 'person'));
      ALTER TABLE tagging.tag DROP COLUMN rule_id;
      DROP TABLE tagging.rule;
      DROP FUNCTION tagging.keep_rules();
    `);
  }
}
