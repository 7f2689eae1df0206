import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told after the first fifty, while nobody offers the whole: a round is fifty more of a package. */
export class InviteInRounds1796003910000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE matching.invitation ADD round smallint NOT NULL DEFAULT 0
        CONSTRAINT invitation_round_counts CHECK (round >= 0);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE matching.invitation DROP round;`);
  }
}
