import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A match may end after an enterprise answered: its approval ran out, the package changed or was taken back. What it
 * answered to, and what became of that, stays readable to it for as long as its answer stands.
 */
export class LetWhoAnsweredReadOn1796001500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX answer_organisation_idx ON answers.answer (organisation_id, package_id) WHERE upper_inf(recorded);

      -- Whether the enterprise that is acting has an answer to a package that stands.
      CREATE FUNCTION answers.actor_answered(package uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM answers.answer a
                        WHERE a.package_id = package AND a.organisation_id = platform.actor_organisation()
                          AND upper_inf(a.recorded))
      $$;
      CREATE POLICY tender_answered ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM answers.answer a
                            WHERE a.tender_id = tender.id AND a.organisation_id = platform.actor_organisation()
                              AND upper_inf(a.recorded)));
      CREATE POLICY work_package_answered ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND answers.actor_answered(id));
      CREATE POLICY clarification_answered ON answers.clarification FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND answers.actor_answered(package_id));
      CREATE POLICY closed_package_answered ON answers.closed_package FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND answers.actor_answered(package_id));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP POLICY closed_package_answered ON answers.closed_package;
      DROP POLICY clarification_answered ON answers.clarification;
      DROP POLICY work_package_answered ON tenders.work_package;
      DROP POLICY tender_answered ON tenders.tender;
      DROP FUNCTION answers.actor_answered;
      DROP INDEX answers.answer_organisation_idx;
    `);
  }
}
