import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What enterprises ask about a package, and what the contractor says to everybody. Who asked stands in a table that
 * other enterprises cannot read: what they read is a copy without a name.
 */
export class AskQuestions1796001000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Whether the enterprise that is acting matches a package now.
      CREATE FUNCTION answers.actor_matches(package uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM matching.match m
                        WHERE m.package_id = package AND m.enterprise_organisation_id = platform.actor_organisation()
                          AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial'))
      $$;

      CREATE TABLE answers.question (
        id uuid PRIMARY KEY,
        -- the enterprise that asks
        organisation_id uuid NOT NULL,
        contractor_organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        package_id uuid NOT NULL,
        text text NOT NULL CONSTRAINT question_says_something CHECK (btrim(text) <> ''),
        asked_by uuid NOT NULL,
        asked_at timestamptz NOT NULL
      );
      -- The same question sent twice is one question.
      CREATE UNIQUE INDEX question_once ON answers.question (package_id, organisation_id, md5(text));
      CREATE INDEX question_tender_idx ON answers.question (tender_id);
      ALTER TABLE answers.question ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY question_read ON answers.question FOR SELECT
        USING (platform.is_system() OR platform.actor_organisation() IN (organisation_id, contractor_organisation_id));
      CREATE POLICY question_insert ON answers.question FOR INSERT
        WITH CHECK (platform.is_system()
                    OR (platform.actor_role() = 'enterprise' AND organisation_id = platform.actor_organisation()
                        AND answers.actor_matches(package_id)));
      GRANT SELECT, INSERT ON answers.question TO maillon_app;

      CREATE TABLE answers.clarification (
        -- one for a question, whoever answers at the same moment
        id uuid PRIMARY KEY REFERENCES answers.question (id),
        -- the contractor
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        package_id uuid NOT NULL,
        question text NOT NULL,
        text text NOT NULL CONSTRAINT clarification_says_something CHECK (btrim(text) <> ''),
        said_by uuid NOT NULL,
        said_at timestamptz NOT NULL
      );
      CREATE INDEX clarification_package_idx ON answers.clarification (package_id);
      CREATE INDEX clarification_tender_idx ON answers.clarification (tender_id);
      ALTER TABLE answers.clarification ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY clarification_read ON answers.clarification FOR SELECT
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise' AND answers.actor_matches(package_id)));
      CREATE POLICY clarification_insert ON answers.clarification FOR INSERT
        WITH CHECK (platform.is_system()
                    OR (platform.actor_role() = 'contractor' AND organisation_id = platform.actor_organisation()
                        AND EXISTS (SELECT FROM answers.question q
                                     WHERE q.id = clarification.id AND q.package_id = clarification.package_id
                                       AND q.text = clarification.question
                                       AND q.contractor_organisation_id = platform.actor_organisation())));
      GRANT SELECT, INSERT ON answers.clarification TO maillon_app;

      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-amended', 'tender-withdrawn', 'tender-receipt',
                            'answer-given', 'answer-receipt', 'performance-entered', 'performance-confirmed',
                            'performance-disputed', 'question-asked', 'question-answered'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM notifications.attempt a USING notifications.notification n
        WHERE n.id = a.notification_id AND n.template LIKE 'question-%';
      DELETE FROM notifications.notification WHERE template LIKE 'question-%';
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-amended', 'tender-withdrawn', 'tender-receipt',
                            'answer-given', 'answer-receipt', 'performance-entered', 'performance-confirmed',
                            'performance-disputed'));
      DROP TABLE answers.clarification;
      DROP TABLE answers.question;
      DROP FUNCTION answers.actor_matches;
    `);
  }
}
