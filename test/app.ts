import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { agent, type Test } from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { createOrganisation, createPerson } from '../src/accounts/index.js';
import { startSession } from '../src/accounts/session.repository.js';
import type { Actor, Language, Role } from '../src/kernel/index.js';
import { start } from '../src/main.js';
import { Clock } from '../src/platform/clock.js';
import { Database } from '../src/platform/db/index.js';
import { FormTokens, OpenApi } from '../src/platform/http/index.js';
import { newId } from '../src/platform/ids.js';
import { cloneDatabase, SYSTEM } from './database.js';
import { contractOf, type Contract } from './openapi.js';

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

/** Who to be. The same organisation again: give its id. */
export interface As {
  readonly role: Role;
  readonly organisationId?: string;
  readonly name?: string;
  readonly language?: Language;
}

/** A browser with a session: cookies are kept, requests come from our own pages. */
export interface SignedInBrowser {
  readonly browser: TestAgent<Test>;
  readonly actor: Actor;
  readonly email: string;
  readonly sessionId: string;
  readonly formToken: string;
  /** Posts a form as our pages do, with its token. */
  post(path: string, fields?: Readonly<Record<string, string>>): Test;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly server: ReturnType<NestFastifyApplication['getHttpServer']>;
  readonly database: Database;
  readonly clock: TestClock;
  readonly url: string;
  /** The owner's way into the database. */
  readonly databaseUrl: string;
  readonly contract: Contract;
  /** A browser of nobody yet: keeps cookies. */
  visitor(): TestAgent<Test>;
  /** Makes a person (and an organisation) and a session for them, without the time a password takes. */
  signIn(as: As): Promise<SignedInBrowser>;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  readonly clock?: TestClock;
  readonly publicUrl?: string;
  readonly trustProxy?: boolean;
  /** Where a stand-in for the server listens (test/tcp-proxy.ts). */
  readonly databasePort?: number;
  readonly clamdAddress?: string;
  /** Where figures are read, instead of the database of this app. */
  readonly databaseReplicaUrl?: string;
  readonly statementTimeoutMs?: number;
  readonly memoryIndexFrom?: number;
}

const OWN_PAGES = { 'sec-fetch-site': 'same-origin' };

/** The whole service on a database of its own and a port of its own. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const {
    clock = new TestClock(),
    publicUrl = 'http://localhost',
    trustProxy = false,
    clamdAddress = null,
    databaseReplicaUrl = null,
    statementTimeoutMs,
    memoryIndexFrom,
  } = options;
  const db = await cloneDatabase();
  const databaseUrl = new URL(db.url);
  if (options.databasePort) databaseUrl.port = String(options.databasePort);
  const app = await start({
    environment: 'test',
    databaseUrl: databaseUrl.href,
    host: '127.0.0.1',
    port: 0,
    publicUrl,
    trustProxy,
    clamdAddress,
    databaseReplicaUrl,
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
    ...(memoryIndexFrom === undefined ? {} : { memoryIndexFrom }),
    secret: 'a secret that only tests know, 32+',
    logLevel: 'fatal',
    webPool: 5,
    clock,
  });
  const server = app.getHttpServer();
  const visitor = (): TestAgent<Test> => agent(server);
  return {
    app,
    server,
    database: app.get(Database),
    clock,
    url: await app.getUrl(),
    databaseUrl: db.url,
    contract: contractOf(app.get(OpenApi).document),
    visitor,
    signIn: async (as) => signIn(app, visitor(), clock.now(), as),
    async stop() {
      await app.close();
      await db.drop();
    },
  };
}

async function signIn(
  app: NestFastifyApplication,
  browser: TestAgent<Test>,
  now: Date,
  { role, organisationId: given, name = 'Claire Dumont', language = 'fr' }: As,
): Promise<SignedInBrowser> {
  const email = `${role}-${newId(now)}@example.org`;
  const made = await app.get(Database).transaction(SYSTEM, async (tx) => {
    const organisationId =
      given ?? (await createOrganisation(tx, { role, name: `Organisation ${role}`, language }, now));
    const person = { organisationId, email, name, language, passwordHash: null };
    const personId = await createPerson(tx, person, now);
    const session = await startSession(tx, { personId, organisationId, role }, 'Firefox, Linux', now);
    return { organisationId, personId, session };
  });
  browser.jar.setCookie(`maillon=${made.session.token}; path=/`, '127.0.0.1', '/');
  browser.set(OWN_PAGES);
  const formToken = app.get(FormTokens).ofSession(made.session.token);
  return {
    browser,
    actor: { role, organisationId: made.organisationId, personId: made.personId, requestId: 'test' },
    email,
    sessionId: made.session.id,
    formToken,
    post: (path, fields = {}) =>
      browser
        .post(path)
        .type('form')
        .send({ ...fields, _token: formToken }),
  };
}
