import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a corrected document changed in each offered package, for those to read who are asked to answer again. */
export class TellWhatChanged1796001530000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.package_amendment (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        package_id uuid NOT NULL REFERENCES tenders.work_package (id),
        -- lines added, removed and changed, as they were and as they are (shape: tenders/domain/amendment.ts); no prices
        differences jsonb NOT NULL,
        -- until when who answered is asked to confirm
        reconfirm_by timestamptz NOT NULL,
        amended_at timestamptz NOT NULL
      );
      CREATE INDEX package_amendment_tender_idx ON tenders.package_amendment (tender_id);
      CREATE INDEX package_amendment_package_idx ON tenders.package_amendment (package_id, amended_at);
      ALTER TABLE tenders.package_amendment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY package_amendment_read ON tenders.package_amendment FOR SELECT
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise'
                   AND EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package_id)));
      CREATE POLICY package_amendment_insert ON tenders.package_amendment FOR INSERT
        WITH CHECK (platform.is_system()
                    OR (platform.actor_role() = 'contractor' AND organisation_id = platform.actor_organisation()
                        AND EXISTS (SELECT FROM tenders.work_package p
                                     WHERE p.id = package_id AND p.tender_id = package_amendment.tender_id
                                       AND p.organisation_id = platform.actor_organisation())));
      GRANT SELECT, INSERT ON tenders.package_amendment TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE tenders.package_amendment;`);
  }
}
