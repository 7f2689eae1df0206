import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An erasure that was asked for has a name of its own: the mail that tells of it is about this one, and no later one. */
export class NameErasures1796002910000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE accounts.erasure ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
      CREATE UNIQUE INDEX erasure_id_idx ON accounts.erasure (id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE accounts.erasure DROP COLUMN id;`);
  }
}
