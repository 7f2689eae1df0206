import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events are the outbox: one that nobody passed on yet says so, and becomes jobs. */
export class RelayEvents1796000500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE platform.event ADD relayed_at timestamptz;
      ALTER TABLE platform.event NO FORCE ROW LEVEL SECURITY;
      -- What happened before had no listener.
      UPDATE platform.event SET relayed_at = occurred_at;
      ALTER TABLE platform.event FORCE ROW LEVEL SECURITY;
      CREATE INDEX event_unrelayed_idx ON platform.event (id) WHERE relayed_at IS NULL;
      GRANT UPDATE (relayed_at) ON platform.event TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE UPDATE (relayed_at) ON platform.event FROM maillon_app;
      ALTER TABLE platform.event DROP relayed_at;
    `);
  }
}
