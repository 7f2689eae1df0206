import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person corrects the quantity of one line: an act on packages like the others, with its author, to be undone. */
export class CorrectSingleLines1796003500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenders.package_change DROP CONSTRAINT package_change_kind_known;
      ALTER TABLE tenders.package_change ADD CONSTRAINT package_change_kind_known
        CHECK (kind IN ('split', 'merge', 'move', 'undo', 'correction', 'line'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // History stays: rows of the new kind are only not written any more.
    await runner.query(`
      ALTER TABLE tenders.package_change DROP CONSTRAINT package_change_kind_known;
      ALTER TABLE tenders.package_change ADD CONSTRAINT package_change_kind_known
        CHECK (kind IN ('split', 'merge', 'move', 'undo', 'correction')) NOT VALID;
    `);
  }
}
