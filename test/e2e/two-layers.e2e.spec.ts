import type { FastifyInstance } from 'fastify';
import { Client } from 'pg';
import type { Response } from 'supertest';
import { POLICY } from '../../src/accounts/index.js';
import type { Actor } from '../../src/kernel/index.js';
import type { Database } from '../../src/platform/db/index.js';
import type { RouteName } from '../../src/platform/http/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { MARK, twoLayersWorld, type Objects, type TwoLayersWorld } from './two-layers-world.js';

/** What would do harm, where an empty request would be refused for its form before anybody looks whose it is. */
const BODIES: Readonly<Record<RouteName, object>> = {
  'PATCH /api/v1/tenders/:id': { title: 'Mine now' },
  'PUT /api/v1/tenders/:id/buyer': { buyer: 'private' },
  'PUT /api/v1/tenders/:id/clause': { instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' },
  'POST /api/v1/tenders/:id/withdrawal': { reason: 'Because' },
  'POST /contractor/tenders/:id/withdraw': { reason: 'Because' },
  'PUT /api/v1/tenders/:id/questions/:questionId/reply': { text: 'So' },
  'POST /contractor/tenders/:id/questions/:questionId': { text: 'So' },
  'PUT /api/v1/tenders/:id/answers/:answerId/decision': { state: 'retained' },
  'POST /contractor/tenders/:id/answers/:answerId/decision': { act: 'retained', state: 'retained' },
  'PUT /api/v1/opportunities/:packageId/answer': { kind: 'full' },
  'POST /enterprise/opportunities/:packageId/answer': { kind: 'full' },
  'POST /api/v1/opportunities/:packageId/questions': { text: 'What' },
  'POST /enterprise/opportunities/:packageId/question': { text: 'What' },
  'PUT /api/v1/opportunities/:packageId/award': { act: 'confirmed', state: 'confirmed' },
  'POST /enterprise/opportunities/:packageId/award': { act: 'confirmed' },
};

/** What belongs to others in a route of tenders, packages, answers, questions and awards. */
const OWNED = /\/(tenders|work-packages|opportunities)\/:/;

/**
 * Whose a thing is, is asked twice: by the rooms, which know who is acting, and by row security, which is told so by the
 * transaction. Each is tried with the other off.
 */
describe('what belongs to others', () => {
  let service: TestApp;
  let world: TwoLayersWorld;
  let routes: readonly RouteName[];
  let owner: Client;
  beforeAll(async () => {
    service = await startTestApp();
    owner = new Client({ connectionString: service.databaseUrl, options: '-c maillon.role=system' });
    await owner.connect();
    world = await twoLayersWorld(service, owner);
    const server = service.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    routes = [...new Set(server.routeNames)].filter((route) => OWNED.test(route));
  }, 120_000);
  afterAll(async () => {
    await owner?.end();
    await service.stop();
  });

  /** In this database alone. */
  const switchRowSecurity = (verb: 'ENABLE' | 'DISABLE') =>
    owner.query(`DO $$ DECLARE t regclass; BEGIN
      FOR t IN SELECT oid FROM pg_class WHERE relforcerowsecurity LOOP
        EXECUTE format('ALTER TABLE %s ${verb} ROW LEVEL SECURITY', t);
      END LOOP; END $$`);

  /** The rooms believe that `seeming` is acting; row security is told that it is `real`. */
  const whileTheRoomsBelieve = async <T>(seeming: Actor, real: Actor, work: () => Promise<T>): Promise<T> => {
    const database: Pick<Database, 'transaction' | 'reading'> = service.database;
    const { transaction, reading } = database;
    const told = (actor: Actor): Actor => (actor.personId === seeming.personId ? real : actor);
    database.transaction = (actor, inside) =>
      transaction.call(service.database, told(actor), inside) as never;
    database.reading = (actor, inside) => reading.call(service.database, told(actor), inside) as never;
    try {
      return await work();
    } finally {
      Object.assign(database, { transaction, reading });
    }
  };

  const contentOfRooms = async (): Promise<string> => {
    const { rows } = await owner.query<{ all: string }>(`
      SELECT string_agg(md5(one), '' ORDER BY one) AS all FROM (
        SELECT t::text AS one FROM tenders.tender t UNION ALL SELECT p::text FROM tenders.work_package p
        UNION ALL SELECT a::text FROM answers.answer a UNION ALL SELECT d::text FROM answers.decision d
        UNION ALL SELECT q::text FROM answers.question q UNION ALL SELECT c::text FROM answers.clarification c
        UNION ALL SELECT g::text FROM tagging.tag g) x`);
    return rows[0]!.all;
  };

  const knock = async (route: RouteName, objects: Objects, by: SignedInBrowser): Promise<Response> => {
    const [method = '', pattern = ''] = route.split(' ');
    const own: Objects = {
      ...objects,
      ...(pattern.includes('work-packages') ? { id: objects['packageId']! } : {}),
    };
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => own[name] ?? world.states.published['id']!);
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    if (verb === 'get') return by.browser.get(path);
    const body = BODIES[route] ?? {};
    if (!path.startsWith('/api/')) return by.post(path, body as Record<string, string>);
    return by.browser[verb](path).set('if-match', '"v1"').send(body);
  };
  const routesOf = (role: 'contractor' | 'enterprise') =>
    routes.filter((route) => (POLICY[route]!.allow as readonly string[]).includes(role));

  /** Every route of a role, for a thing in each of its states. @returns what was let through */
  const leaks = async (role: 'contractor' | 'enterprise', by: SignedInBrowser): Promise<string[]> => {
    const before = await contentOfRooms();
    const found: string[] = [];
    for (const [state, objects] of Object.entries(world.states)) {
      for (const route of routesOf(role)) {
        const answer = await knock(route, objects, by);
        const isRefused = [400, 403, 404, 422].includes(answer.status);
        if (answer.text.includes(MARK) || !isRefused) found.push(`${state}: ${route} ${answer.status}`);
      }
    }
    if ((await contentOfRooms()) !== before) found.push('something was written');
    return found;
  };

  it('is shown to those it belongs to', async () => {
    const seen: string[] = [];
    for (const [role, by] of [
      ['contractor', world.owner],
      ['enterprise', world.asker],
    ] as const)
      for (const route of routesOf(role).filter((name) => name.startsWith('GET ')))
        if ((await knock(route, world.states.published, by)).text.includes(MARK)) seen.push(route);
    expect(seen.length).toBeGreaterThan(20);
  }, 60_000);

  it('is kept from others by the rooms alone', async () => {
    await switchRowSecurity('DISABLE');
    try {
      expect(await leaks('contractor', world.otherContractor)).toEqual([]);
      expect(await leaks('enterprise', world.unmatched)).toEqual([]);
    } finally {
      await switchRowSecurity('ENABLE');
    }
  }, 120_000);

  it('is kept from others by row security alone', async () => {
    const { owner: contractor, otherContractor, asker, unmatched } = world;
    const found = [
      ...(await whileTheRoomsBelieve(contractor.actor, otherContractor.actor, () =>
        leaks('contractor', contractor),
      )),
      ...(await whileTheRoomsBelieve(asker.actor, unmatched.actor, () => leaks('enterprise', asker))),
    ];
    expect(found).toEqual([]);
  }, 120_000);

  it('leaks when both are off, or the two trials above would prove nothing', async () => {
    const { owner: contractor, otherContractor } = world;
    await switchRowSecurity('DISABLE');
    const answer = await whileTheRoomsBelieve(contractor.actor, otherContractor.actor, () =>
      knock('GET /api/v1/tenders/:id', world.states.published, contractor),
    );
    await switchRowSecurity('ENABLE');
    expect(answer.text).toContain(MARK);
  });
});
