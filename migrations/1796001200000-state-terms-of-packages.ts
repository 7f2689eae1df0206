import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the documents ask of whoever takes a package: approval, asbestos technique, payment, place in the chain. */
export class StateTermsOfPackages1796001200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE tenders.work_package
        ADD terms jsonb NOT NULL DEFAULT '{}'
          CONSTRAINT work_package_terms_known CHECK (jsonb_typeof(terms) = 'object' AND terms
            - ARRAY['approval', 'approvalClass', 'asbestosTechnique', 'paymentDays', 'chainLevel'] = '{}'),
        ADD CONSTRAINT work_package_class_of_approval
          CHECK (terms->>'approvalClass' IS NULL OR terms->>'approval' IS NOT NULL);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE tenders.work_package DROP terms;`);
  }
}
