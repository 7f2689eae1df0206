import { Controller, Get, Header, Res, type OnModuleInit } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, systemActor } from '../../kernel/index.js';
import { Database, loadMigrations } from '../db/index.js';
import { Readiness, type ReadinessReport } from './readiness.js';
import { newestMigration } from './schema-current.query.js';

const SYSTEM: Actor = systemActor('health');

/** For whoever keeps the service running: live asks nothing of anybody, ready asks the database. */
@ApiExcludeController()
@Controller('health')
export class HealthController implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
  ) {}

  async onModuleInit(): Promise<void> {
    const expected = (await loadMigrations()).at(-1)?.name ?? null;
    this.readiness.register('schema', async () => {
      const newest = await this.database.transaction(SYSTEM, newestMigration);
      return newest === expected ? null : 'a migration is missing';
    });
  }

  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    reply.status(report.ready ? 200 : 503);
    return report;
  }
}
