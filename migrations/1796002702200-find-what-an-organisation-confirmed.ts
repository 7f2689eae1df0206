import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A rule that a contractor teaches is put to the newest packages they confirmed themselves. */
export class FindWhatAnOrganisationConfirmed1796002702200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE INDEX work_package_confirmed_idx ON tenders.work_package (organisation_id, id) WHERE confirmed`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX tenders.work_package_confirmed_idx`);
  }
}
