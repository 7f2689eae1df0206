import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Verdicts on package x enterprise, with the versions they rest on, and the projection that narrows the search. */
export class CreateMatching1795500600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA matching;
      GRANT USAGE ON SCHEMA matching TO maillon_app;

      CREATE TABLE matching.match (
        id uuid PRIMARY KEY,
        -- the contractor whose package it is
        organisation_id uuid NOT NULL,
        enterprise_organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        package_id uuid NOT NULL,
        enterprise_id uuid NOT NULL,
        verdict text NOT NULL CONSTRAINT match_verdict_known CHECK (verdict IN ('match', 'partial', 'near-miss')),
        score numeric(6, 5) NOT NULL,
        -- place among the matches of the package; the one thing that others' coming and going may move
        rank integer NOT NULL,
        criteria jsonb NOT NULL,
        -- of a near miss: the changes that would make it a match, smallest first
        changes jsonb NOT NULL DEFAULT '[]',
        distance_km numeric(7, 1),
        basis text NOT NULL,
        decided_on date NOT NULL,
        package_version integer NOT NULL,
        enterprise_version_id uuid NOT NULL,
        -- the state of the law it was decided under, as known at an instant
        law_known_at timestamptz NOT NULL,
        -- stamp of the law, then version of the weights
        rules_version text NOT NULL,
        -- why it no longer stands
        closed_reason text CONSTRAINT match_closed_reason_known
          CHECK (closed_reason IN ('changed', 'no-longer-fits', 'outranked', 'package-closed')),
        recorded tstzrange NOT NULL CONSTRAINT match_recorded_some CHECK (NOT isempty(recorded)),
        CONSTRAINT match_one_verdict EXCLUDE USING gist (package_id WITH =, enterprise_id WITH =, recorded WITH &&)
      );
      CREATE INDEX match_package_idx ON matching.match (package_id) WHERE upper_inf(recorded);
      CREATE INDEX match_enterprise_idx ON matching.match (enterprise_organisation_id, package_id) WHERE upper_inf(recorded);
      CREATE INDEX match_tender_idx ON matching.match (tender_id) WHERE upper_inf(recorded);

      ALTER TABLE matching.match ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY match_read ON matching.match FOR SELECT
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR enterprise_organisation_id = platform.actor_organisation());
      CREATE POLICY match_insert ON matching.match FOR INSERT
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      CREATE POLICY match_update ON matching.match FOR UPDATE
        USING (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, UPDATE (recorded, closed_reason, rank) ON matching.match TO maillon_app;

      -- What enterprises offer, one row per activity, trade and zone (matching/domain/project-offers.ts). Derived from
      -- the public register and rebuilt per enterprise; it narrows, it never explains.
      CREATE TABLE matching.offer (
        zone integer NOT NULL,
        node integer NOT NULL,
        enterprise_id uuid NOT NULL,
        activity smallint NOT NULL,
        depth smallint NOT NULL,
        modes smallint NOT NULL,
        country_wide boolean NOT NULL,
        kind text NOT NULL,
        value_min double precision NOT NULL,
        value_max double precision NOT NULL,
        free_from date NOT NULL,
        -- unit vector of the location, NULL when it is not known
        x double precision,
        y double precision,
        z double precision,
        -- squared chord of the radius; infinite for zones without one
        reach2 double precision NOT NULL,
        -- The row is the index: a probe reads nothing else.
        CONSTRAINT offer_pkey PRIMARY KEY (zone, node, enterprise_id, activity)
          INCLUDE (depth, modes, country_wide, kind, value_min, value_max, free_from, x, y, z, reach2)
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02,
              autovacuum_analyze_scale_factor = 0.02);
      CREATE INDEX offer_enterprise_idx ON matching.offer (enterprise_id);
      ALTER TABLE matching.offer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      -- As a subquery it is asked once, not for each of thousands of rows.
      CREATE POLICY offer_read ON matching.offer FOR SELECT USING ((SELECT platform.actor_role()) <> 'anonymous');
      CREATE POLICY offer_insert ON matching.offer FOR INSERT WITH CHECK (platform.is_system());
      CREATE POLICY offer_delete ON matching.offer FOR DELETE USING (platform.is_system());
      GRANT SELECT, INSERT, DELETE ON matching.offer TO maillon_app;

      -- An enterprise sees a published package, its tender, lot, lines and tags, when it matches it.
      CREATE FUNCTION matching.is_matched_to_actor(package uuid) RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT EXISTS (SELECT FROM matching.match m WHERE m.package_id = package AND upper_inf(m.recorded)
                             AND m.enterprise_organisation_id = platform.actor_organisation()) $$;
      CREATE POLICY tender_matched ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM matching.match m WHERE m.tender_id = tender.id AND upper_inf(m.recorded)
                           AND m.enterprise_organisation_id = platform.actor_organisation()));
      CREATE POLICY work_package_matched ON tenders.work_package FOR SELECT
        USING (offered AND platform.actor_role() = 'enterprise' AND matching.is_matched_to_actor(id)
               AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender_id AND t.status <> 'draft'));
      CREATE POLICY lot_matched ON tenders.lot FOR SELECT
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM tenders.work_package p WHERE p.lot_id = lot.id));
      CREATE POLICY bill_line_matched ON tenders.bill_line FOR SELECT
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM tenders.work_package p WHERE p.id = bill_line.package_id));
      CREATE POLICY tag_matched ON tagging.tag FOR SELECT
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package_id));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP POLICY tag_matched ON tagging.tag;
      DROP POLICY bill_line_matched ON tenders.bill_line;
      DROP POLICY lot_matched ON tenders.lot;
      DROP POLICY work_package_matched ON tenders.work_package;
      DROP POLICY tender_matched ON tenders.tender;
      DROP SCHEMA matching CASCADE;
    `);
  }
}
