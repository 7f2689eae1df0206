import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a contractor brings: the file as it came, what was read in it, lots, lines, work packages. */
export class CreateTenders1795500400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA tenders;
      GRANT USAGE ON SCHEMA tenders TO maillon_app;

      -- The original, kept whatever was made of it. The same bytes from the same organisation are one row.
      CREATE TABLE tenders.source_file (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        sha256 text NOT NULL CONSTRAINT source_file_sha256_shape CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        name text NOT NULL,
        size_bytes integer NOT NULL,
        content bytea NOT NULL,
        received_by uuid,
        received_at timestamptz NOT NULL,
        CONSTRAINT source_file_same_bytes_once UNIQUE (organisation_id, sha256)
      );

      -- One reading of a file: received -> reading -> staged | refused; staged -> applied.
      CREATE TABLE tenders.import (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        source_file_id uuid NOT NULL REFERENCES tenders.source_file (id),
        state text NOT NULL CONSTRAINT import_state_known CHECK (state IN ('received', 'staged', 'refused', 'applied')),
        parsed jsonb,
        problems jsonb NOT NULL DEFAULT '[]',
        received_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT import_one_reading UNIQUE (source_file_id),
        CONSTRAINT import_staged_has_content CHECK (state NOT IN ('staged', 'applied') OR parsed IS NOT NULL)
      );

      CREATE TABLE tenders.tender (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        import_id uuid NOT NULL REFERENCES tenders.import (id),
        status text NOT NULL CONSTRAINT tender_status_known CHECK (status IN ('draft', 'published', 'withdrawn')),
        version integer NOT NULL,
        title text NOT NULL,
        description text,
        language text,
        nature text CONSTRAINT tender_nature_known CHECK (nature IN ('works', 'services', 'supplies')),
        notice_date date,
        deadline timestamptz,
        value numeric(16, 2),
        currency text,
        -- where the work is: municipality, postal code, NUTS, NIS as resolved or corrected
        place jsonb NOT NULL,
        -- answers of the buyer wizard and the legal facts derived from them (shape: tenders/domain/tender.ts)
        buyer jsonb,
        -- the clause options of the day, with the versions of law they rest on, and the one chosen
        clause jsonb,
        created_at timestamptz NOT NULL,
        published_at timestamptz,
        withdrawn_at timestamptz,
        withdrawal_reason text,
        CONSTRAINT tender_one_per_import UNIQUE (import_id),
        CONSTRAINT tender_published_when CHECK ((status = 'draft') = (published_at IS NULL)),
        CONSTRAINT tender_published_complete CHECK (status = 'draft' OR (buyer IS NOT NULL AND clause IS NOT NULL AND deadline IS NOT NULL))
      );
      CREATE INDEX tender_organisation_idx ON tenders.tender (organisation_id, created_at);
      CREATE INDEX tender_published_idx ON tenders.tender (published_at) WHERE published_at IS NOT NULL;

      -- What the tender said, and when we held it for true. Append-only but for the end of recorded.
      CREATE TABLE tenders.tender_version (
        id uuid PRIMARY KEY,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        organisation_id uuid NOT NULL,
        version integer NOT NULL,
        snapshot jsonb NOT NULL,
        recorded tstzrange NOT NULL CONSTRAINT tender_version_recorded_some CHECK (NOT isempty(recorded)),
        recorded_by uuid,
        CONSTRAINT tender_version_number_once UNIQUE (tender_id, version),
        CONSTRAINT tender_version_one_truth EXCLUDE USING gist (tender_id WITH =, recorded WITH &&)
      );

      CREATE TABLE tenders.lot (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        ordinal integer NOT NULL,
        ref text NOT NULL,
        title text,
        description text,
        cpv text[] NOT NULL,
        value numeric(16, 2),
        currency text,
        place jsonb NOT NULL,
        reserved jsonb NOT NULL,
        duration_days integer,
        CONSTRAINT lot_ref_once UNIQUE (tender_id, ref)
      );

      CREATE TABLE tenders.work_package (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        lot_id uuid NOT NULL REFERENCES tenders.lot (id),
        ordinal integer NOT NULL,
        ref text NOT NULL,
        title text NOT NULL,
        -- the contractor looked at it and says it is right
        confirmed boolean NOT NULL DEFAULT false,
        -- the contractor wants it published to social enterprises
        offered boolean NOT NULL DEFAULT false,
        mode text NOT NULL CONSTRAINT work_package_mode_known CHECK (mode IN ('works-or-service', 'goods', 'staff')),
        value numeric(16, 2) CONSTRAINT work_package_value_positive CHECK (value >= 0),
        currency text,
        hours_min numeric(10, 1),
        hours_max numeric(10, 1),
        hours_method text,
        sites text[] NOT NULL,
        starts_on date,
        ends_on date,
        version integer NOT NULL,
        CONSTRAINT work_package_ref_once UNIQUE (tender_id, ref),
        CONSTRAINT work_package_dates_in_order CHECK (ends_on >= starts_on),
        CONSTRAINT work_package_hours_in_order CHECK (hours_max >= hours_min)
      );
      CREATE INDEX work_package_tender_idx ON tenders.work_package (tender_id, ordinal);
      CREATE INDEX work_package_lot_idx ON tenders.work_package (lot_id);

      CREATE TABLE tenders.bill_line (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        lot_id uuid NOT NULL REFERENCES tenders.lot (id),
        package_id uuid REFERENCES tenders.work_package (id),
        unassigned_reason text,
        ordinal integer NOT NULL,
        ref text,
        label text NOT NULL,
        unit text,
        quantity numeric,
        nature text,
        unit_price numeric,
        total numeric,
        variant boolean NOT NULL,
        place jsonb NOT NULL,
        CONSTRAINT bill_line_once UNIQUE (lot_id, ordinal),
        CONSTRAINT bill_line_placed_or_said_why CHECK ((package_id IS NULL) = (unassigned_reason IS NOT NULL))
      );
      CREATE INDEX bill_line_package_idx ON tenders.bill_line (package_id);

      DO $$ DECLARE t text; BEGIN
        FOREACH t IN ARRAY ARRAY['source_file', 'import', 'tender', 'tender_version', 'lot', 'work_package', 'bill_line'] LOOP
          EXECUTE format('ALTER TABLE tenders.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
          EXECUTE format('CREATE POLICY %I ON tenders.%I USING (platform.is_system() OR organisation_id = platform.actor_organisation())
                          WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation())', t || '_own', t);
          EXECUTE format('GRANT SELECT, INSERT ON tenders.%I TO maillon_app', t);
        END LOOP;
      END $$;
      -- The working group sees what was published; of drafts and originals it sees nothing.
      CREATE POLICY tender_published ON tenders.tender FOR SELECT
        USING (platform.actor_role() IN ('working-group', 'administrator') AND status <> 'draft');
      CREATE POLICY work_package_published ON tenders.work_package FOR SELECT
        USING (platform.actor_role() IN ('working-group', 'administrator')
               AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender_id AND t.status <> 'draft'));
      GRANT UPDATE ON tenders.import, tenders.tender, tenders.work_package TO maillon_app;
      GRANT UPDATE (recorded) ON tenders.tender_version TO maillon_app;
      GRANT UPDATE (package_id, unassigned_reason) ON tenders.bill_line TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA tenders CASCADE;`);
  }
}
