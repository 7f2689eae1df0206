import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever changes what a stage follows from leaves a mark; only the worker that counts anew takes marks away. */
export class GuardMarkedPackages1796002900000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE monitoring.marked_package ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY marked_package_read ON monitoring.marked_package FOR SELECT
        USING ((SELECT platform.actor_role() IN ('system', 'working-group', 'administrator')));
      CREATE POLICY marked_package_leave ON monitoring.marked_package FOR INSERT WITH CHECK (true);
      CREATE POLICY marked_package_take ON monitoring.marked_package FOR DELETE USING (platform.is_system());
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP POLICY marked_package_read ON monitoring.marked_package;
      DROP POLICY marked_package_leave ON monitoring.marked_package;
      DROP POLICY marked_package_take ON monitoring.marked_package;
      ALTER TABLE monitoring.marked_package NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
    `);
  }
}
