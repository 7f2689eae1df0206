import { getConstructionPlans } from 'pg-boss';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of the job engine. They belong to the owner of the database: the service only uses them, and never
 * migrates them by itself. An upgrade of the engine brings a migration of its own.
 */
export class CreateQueue1795500050000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(withoutTransaction(getConstructionPlans('queue')));
    await db.query(`
      GRANT USAGE ON SCHEMA queue TO maillon_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA queue TO maillon_app;
      REVOKE INSERT, DELETE ON queue.version FROM maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA queue CASCADE;`);
  }
}

/** The engine's script opens and closes a transaction; a migration already runs in one. */
function withoutTransaction(script: string): string {
  const inner = script
    .trim()
    .replace(/^BEGIN;/, '')
    .replace(/COMMIT;$/, '');
  if (/^\s*(BEGIN|COMMIT);/m.test(inner))
    throw new Error('unexpected transaction in the script of the job engine');
  return inner;
}
