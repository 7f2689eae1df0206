import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

/** An award that nobody confirmed in time is told to both sides. */
export class TellOfLapsedAwards1796001550000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await know(db, 'decision-lapsed');
  }

  async down(db: QueryRunner): Promise<void> {
    await forget(db, 'decision-lapsed');
  }
}
