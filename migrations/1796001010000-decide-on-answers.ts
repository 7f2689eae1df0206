import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What becomes of an answer: kept for talks, declined, awarded by the contractor; confirmed or refused by the winner.
 * A further decision is a new row; the former one keeps its time. A package whose whole was confirmed is closed, in a
 * table that says nothing of who has it.
 */
export class DecideOnAnswers1796001010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE answers.decision (
        id uuid PRIMARY KEY,
        -- the contractor
        organisation_id uuid NOT NULL,
        enterprise_organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        package_id uuid NOT NULL,
        answer_id uuid NOT NULL REFERENCES answers.answer (id),
        state text NOT NULL
          CONSTRAINT decision_state_known CHECK (state IN ('retained', 'declined', 'awarded', 'confirmed', 'refused')),
        -- the whole package, or the part that was offered
        whole boolean NOT NULL,
        reason text CONSTRAINT decision_declined_says_why CHECK ((state = 'declined') = (reason IS NOT NULL)),
        message text,
        -- until when the winner can confirm
        confirm_by timestamptz CONSTRAINT decision_award_has_term CHECK ((state = 'awarded') = (confirm_by IS NOT NULL)),
        -- null for what follows from the award to another
        decided_by uuid,
        recorded tstzrange NOT NULL CONSTRAINT decision_recorded_some CHECK (NOT isempty(recorded)),
        CONSTRAINT decision_one_at_a_time EXCLUDE USING gist (answer_id WITH =, recorded WITH &&)
      );
      CREATE INDEX decision_tender_idx ON answers.decision (tender_id) WHERE upper_inf(recorded);
      CREATE UNIQUE INDEX decision_one_whole ON answers.decision (package_id)
        WHERE upper_inf(recorded) AND whole AND state IN ('awarded', 'confirmed');
      ALTER TABLE answers.decision ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY decision_read ON answers.decision FOR SELECT
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR platform.actor_organisation() IN (organisation_id, enterprise_organisation_id));
      CREATE POLICY decision_by_contractor ON answers.decision FOR INSERT
        WITH CHECK (platform.is_system()
                    OR (platform.actor_role() = 'contractor' AND organisation_id = platform.actor_organisation()
                        AND state IN ('retained', 'declined', 'awarded')
                        AND EXISTS (SELECT FROM answers.answer a
                                     WHERE a.id = answer_id AND a.contractor_organisation_id = platform.actor_organisation()
                                       AND a.organisation_id = enterprise_organisation_id)));
      -- The winner speaks of its own award, while it stands: see answers.winner_follows_award.
      CREATE POLICY decision_by_winner ON answers.decision FOR INSERT
        WITH CHECK (platform.actor_role() = 'enterprise' AND enterprise_organisation_id = platform.actor_organisation()
                    AND state IN ('confirmed', 'refused'));
      CREATE POLICY decision_end ON answers.decision FOR UPDATE
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR (enterprise_organisation_id = platform.actor_organisation() AND state = 'awarded'));
      GRANT SELECT, INSERT, UPDATE (recorded) ON answers.decision TO maillon_app;

      -- What is confirmed or refused is what was awarded, word for word, and just before.
      CREATE FUNCTION answers.winner_follows_award() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM answers.decision d
                        WHERE d.answer_id = NEW.answer_id AND d.state = 'awarded' AND upper(d.recorded) = lower(NEW.recorded)
                          AND d.whole = NEW.whole AND d.package_id = NEW.package_id AND d.tender_id = NEW.tender_id
                          AND d.organisation_id = NEW.organisation_id
                          AND d.enterprise_organisation_id = NEW.enterprise_organisation_id) THEN
          RAISE EXCEPTION 'nothing was awarded' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_follows_award';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER decision_winner_follows_award BEFORE INSERT ON answers.decision
        FOR EACH ROW WHEN (NEW.state IN ('confirmed', 'refused')) EXECUTE FUNCTION answers.winner_follows_award();

      CREATE TABLE answers.closed_package (
        package_id uuid PRIMARY KEY,
        -- the contractor
        organisation_id uuid NOT NULL,
        closed_at timestamptz NOT NULL
      );
      ALTER TABLE answers.closed_package ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY closed_package_read ON answers.closed_package FOR SELECT
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise' AND answers.actor_matches(package_id)));
      CREATE POLICY closed_package_insert ON answers.closed_package FOR INSERT
        WITH CHECK (platform.is_system()
                    OR EXISTS (SELECT FROM answers.decision d
                                WHERE d.package_id = closed_package.package_id AND d.state = 'confirmed' AND d.whole
                                  AND upper_inf(d.recorded) AND d.organisation_id = closed_package.organisation_id
                                  AND d.enterprise_organisation_id = platform.actor_organisation()));
      GRANT SELECT, INSERT ON answers.closed_package TO maillon_app;

      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-amended', 'tender-withdrawn', 'tender-receipt',
                            'answer-given', 'answer-receipt', 'performance-entered', 'performance-confirmed',
                            'performance-disputed', 'question-asked', 'question-answered', 'decision-retained',
                            'decision-declined', 'decision-awarded', 'decision-confirmed', 'decision-refused'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM notifications.attempt a USING notifications.notification n
        WHERE n.id = a.notification_id AND n.template LIKE 'decision-%';
      DELETE FROM notifications.notification WHERE template LIKE 'decision-%';
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-amended', 'tender-withdrawn', 'tender-receipt',
                            'answer-given', 'answer-receipt', 'performance-entered', 'performance-confirmed',
                            'performance-disputed', 'question-asked', 'question-answered'));
      DROP TABLE answers.closed_package;
      DROP TABLE answers.decision;
      DROP FUNCTION answers.winner_follows_award;
    `);
  }
}
