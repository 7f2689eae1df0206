import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person corrects the quantity of one line: an act on packages like the others, with its author, to be undone. */
export class CorrectSingleLines1796003500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE tenders.package_change DROP CONSTRAINT package_change_kind_known;
      ALTER TABLE tenders.package_change ADD CONSTRAINT package_change_kind_known
        CHECK (kind IN ('split', 'merge', 'move', 'undo', 'correction', 'line'));
    `);
  }

  /** The release before cannot undo such an act: whoever goes back undoes them first. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      SELECT set_config('maillon.role', 'system', true);
      DO $$ BEGIN
        IF EXISTS (SELECT FROM tenders.package_change WHERE kind = 'line') THEN
          RAISE EXCEPTION 'quantities of single lines were corrected: undo that first';
        END IF;
      END $$;
      SELECT set_config('maillon.role', '', true);
      ALTER TABLE tenders.package_change DROP CONSTRAINT package_change_kind_known;
      ALTER TABLE tenders.package_change ADD CONSTRAINT package_change_kind_known
        CHECK (kind IN ('split', 'merge', 'move', 'undo', 'correction'));
    `);
  }
}
