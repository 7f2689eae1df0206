import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Few enterprises pause and may still be proposed as partners: they are found without reading the others. */
export class FindPartnersInPause1796005020000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX enterprise_version_partner_in_pause_idx ON registry.enterprise_version (enterprise_id)
        WHERE upper_inf(recorded) AND profile->>'partnerInPause' = 'true' AND profile->>'active' = 'false'
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX registry.enterprise_version_partner_in_pause_idx');
  }
}
