import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The other direction of `matching.posting`: what open packages ask for, so that a changed enterprise finds the few it may
 * have to do with among a hundred thousand. Written in the transaction that publishes or corrects.
 */
export class LookPackagesUpByEnterprise1796001400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE matching.open_package (
        package_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        version integer NOT NULL,
        -- as enterprises are asked about it, and what its clause was decided on
        package jsonb NOT NULL,
        facts jsonb
      );
      CREATE INDEX open_package_tender_idx ON matching.open_package (tender_id);
      ALTER TABLE matching.open_package ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY open_package_own ON matching.open_package
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, DELETE ON matching.open_package TO maillon_app;

      CREATE TABLE matching.demand (
        zone integer NOT NULL,
        node integer NOT NULL,
        package_id uuid NOT NULL,
        CONSTRAINT demand_pkey PRIMARY KEY (zone, node, package_id)
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02,
              autovacuum_analyze_scale_factor = 0.02);
      CREATE INDEX demand_package_idx ON matching.demand (package_id);
      ALTER TABLE matching.demand ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      -- As a subquery it is asked once, not for each of thousands of rows.
      CREATE POLICY demand_of_own_package ON matching.demand
        USING ((SELECT platform.is_system())
               OR EXISTS (SELECT FROM matching.open_package p WHERE p.package_id = demand.package_id))
        WITH CHECK ((SELECT platform.is_system())
               OR EXISTS (SELECT FROM matching.open_package p WHERE p.package_id = demand.package_id));
      GRANT SELECT, INSERT, DELETE ON matching.demand TO maillon_app;

      CREATE INDEX match_of_enterprise_idx ON matching.match (enterprise_id) WHERE upper_inf(recorded);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX matching.match_of_enterprise_idx;
      DROP TABLE matching.demand;
      DROP TABLE matching.open_package;
      DELETE FROM matching.projection WHERE name = 'demand';
    `);
  }
}
