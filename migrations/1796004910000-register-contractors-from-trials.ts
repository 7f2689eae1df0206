import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asks to come in from a trial comes as a contractor, and finds it again whichever browser confirms. */
export class RegisterContractorsFromTrials1796004910000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE accounts.registration ADD COLUMN trial_id uuid`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE accounts.registration DROP COLUMN trial_id`);
  }
}
