import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A projection that ranks as well as it narrows: all that the bound of a score needs is in the row, and the row is the
 * index. It replaces `matching.offer`; both are derived from the register, and the next start writes it.
 */
export class LookUpByPostings1796000400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE matching.offer;

      CREATE TABLE matching.posting (
        zone integer NOT NULL,
        node integer NOT NULL,
        enterprise_id uuid NOT NULL,
        activity smallint NOT NULL,
        depth smallint NOT NULL,
        -- bits: modes, serves the whole country, can be written to, takes a part, states no size, is not located
        flags smallint NOT NULL,
        -- number of the kind below 64; 64 without a verified approval of it, 128 with one of another kind
        who smallint NOT NULL,
        -- bits: kinds of proof that are held, of whatever class and validity
        proofs integer NOT NULL,
        value_min real NOT NULL,
        value_max real NOT NULL,
        hours_per_week real NOT NULL,
        -- days since 2000-01-01
        free_from smallint NOT NULL,
        merit real NOT NULL,
        -- unit vector of the location, zero when it is not known
        x real NOT NULL,
        y real NOT NULL,
        z real NOT NULL,
        -- squared chord of the radius; infinite for zones without one
        reach2 real NOT NULL,
        CONSTRAINT posting_pkey PRIMARY KEY (zone, node, enterprise_id, activity)
          INCLUDE (depth, flags, who, proofs, value_min, value_max, hours_per_week, free_from, merit, x, y, z, reach2)
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02,
              autovacuum_analyze_scale_factor = 0.02);
      CREATE INDEX posting_enterprise_idx ON matching.posting (enterprise_id);
      ALTER TABLE matching.posting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      -- As a subquery it is asked once, not for each of thousands of rows.
      CREATE POLICY posting_read ON matching.posting FOR SELECT USING ((SELECT platform.actor_role()) <> 'anonymous');
      CREATE POLICY posting_insert ON matching.posting FOR INSERT WITH CHECK (platform.is_system());
      CREATE POLICY posting_update ON matching.posting FOR UPDATE USING (platform.is_system());
      CREATE POLICY posting_delete ON matching.posting FOR DELETE USING (platform.is_system());
      GRANT SELECT, INSERT, UPDATE (merit), DELETE ON matching.posting TO maillon_app;

      -- Written under an older layout, or never: the next start writes the projection again.
      CREATE TABLE matching.projection (
        name text PRIMARY KEY,
        layout integer NOT NULL,
        written_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON matching.projection TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE matching.projection;
      DROP TABLE matching.posting;

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
    `);
  }
}
