import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { agent, type Test } from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { start } from '../src/main.js';
import { Clock } from '../src/platform/clock.js';
import { Database } from '../src/platform/db/index.js';
import { cloneDatabase } from './database.js';

/** A clock that stands still until a test moves it. */
export class TestClock extends Clock {
  constructor(private at: Date = new Date('2026-11-24T10:00:00Z')) {
    super();
  }
  now(): Date {
    return new Date(this.at);
  }
  moveTo(at: Date): void {
    this.at = at;
  }
  advanceMs(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly server: ReturnType<NestFastifyApplication['getHttpServer']>;
  readonly database: Database;
  readonly clock: TestClock;
  readonly url: string;
  /** A browser of nobody yet: keeps cookies. */
  visitor(): TestAgent<Test>;
  stop(): Promise<void>;
}

/** The whole service on a database of its own and a port of its own. */
export async function startTestApp(options: { readonly clock?: TestClock } = {}): Promise<TestApp> {
  const clock = options.clock ?? new TestClock();
  const db = await cloneDatabase();
  const app = await start({
    environment: 'test',
    databaseUrl: db.url,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost',
    secret: 'a secret that only tests know, 32+',
    webPool: 5,
    clock,
  });
  const server = app.getHttpServer();
  return {
    app,
    server,
    database: app.get(Database),
    clock,
    url: await app.getUrl(),
    visitor: () => agent(server),
    async stop() {
      await app.close();
      await db.drop();
    },
  };
}
