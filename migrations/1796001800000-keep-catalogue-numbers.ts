import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The number a catalogue knows a line by, where the bill prints it beside its own: rules for a catalogue go by it. */
export class KeepCatalogueNumbers1796001800000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE tenders.bill_line ADD catalogue_code text;
      GRANT UPDATE (catalogue_code) ON tenders.bill_line TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE tenders.bill_line DROP catalogue_code;`);
  }
}
