import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Packages can be split, merged and corrected: each act is kept, with what it takes to undo it. */
export class KeepHistoryOfPackages1796000700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.package_change (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        -- 1, 2, 3 … per tender: the order in which acts were done
        number integer NOT NULL,
        kind text NOT NULL CONSTRAINT package_change_kind_known
          CHECK (kind IN ('split', 'merge', 'move', 'undo', 'correction')),
        -- packages added and removed, lines and their homes before and after (tenders/domain/package-algebra.ts);
        -- of a correction: lines added, removed and changed, with their words before and after
        change jsonb NOT NULL,
        -- packages and findings as they were before, to be put back
        before jsonb NOT NULL,
        undoes uuid REFERENCES tenders.package_change (id),
        -- the reading that was in force until a correction
        replaced_import_id uuid REFERENCES tenders.import (id),
        done_by uuid NOT NULL,
        done_at timestamptz NOT NULL,
        CONSTRAINT package_change_number_once UNIQUE (tender_id, number),
        CONSTRAINT package_change_undone_once UNIQUE (undoes),
        CONSTRAINT package_change_undo_says_what CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
        CONSTRAINT package_change_correction_says_what CHECK ((kind = 'correction') = (replaced_import_id IS NOT NULL))
      );
      CREATE INDEX package_change_replaced_idx ON tenders.package_change (replaced_import_id)
        WHERE replaced_import_id IS NOT NULL;
      ALTER TABLE tenders.package_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY package_change_own ON tenders.package_change
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT ON tenders.package_change TO maillon_app;

      -- What the reader knew of a line and dropped: hours need the unit, people the title above and the kind.
      ALTER TABLE tenders.bill_line
        ADD unit_norm text, ADD kind text CONSTRAINT bill_line_kind_known CHECK (kind IN ('base', 'option', 'variant', 'provisional')),
        ADD section text[] NOT NULL DEFAULT '{}', ADD zone text, ADD currency text;
      -- A corrected document moves lines; one that it no longer has stays, in no package, and gives up its position.
      ALTER TABLE tenders.bill_line DROP CONSTRAINT bill_line_once;
      CREATE UNIQUE INDEX bill_line_once ON tenders.bill_line (lot_id, ordinal)
        WHERE unassigned_reason IS DISTINCT FROM 'removed';
      GRANT UPDATE (ordinal, ref, label, unit, unit_norm, quantity, nature, kind, variant, section, zone, unit_price,
                    total, currency, place) ON tenders.bill_line TO maillon_app;
      GRANT DELETE ON tenders.work_package TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE DELETE ON tenders.work_package FROM maillon_app;
      REVOKE UPDATE (ordinal, ref, label, unit, unit_norm, quantity, nature, kind, variant, section, zone, unit_price,
                     total, currency, place) ON tenders.bill_line FROM maillon_app;
      DROP INDEX tenders.bill_line_once;
      DELETE FROM tenders.bill_line WHERE unassigned_reason = 'removed';
      ALTER TABLE tenders.bill_line ADD CONSTRAINT bill_line_once UNIQUE (lot_id, ordinal);
      ALTER TABLE tenders.bill_line DROP unit_norm, DROP kind, DROP section, DROP zone, DROP currency;
      DROP TABLE tenders.package_change;
    `);
  }
}
