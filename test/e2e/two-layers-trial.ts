import type { FastifyInstance } from 'fastify';
import type { Client } from 'pg';
import type { Response } from 'supertest';
import { POLICY } from '../../src/accounts/index.js';
import type { Actor } from '../../src/kernel/index.js';
import type { Database } from '../../src/platform/db/index.js';
import type { RouteName } from '../../src/platform/http/index.js';
import type { SignedInBrowser, TestApp } from '../app.js';
import { MARK } from './mark.js';
import { twoLayersWorld, type Objects, type TwoLayersWorld } from './two-layers-world.js';

/** What would do harm, where an empty request would be refused for its form before anybody looks whose it is. */
const BODIES: Readonly<Record<RouteName, object>> = {
  'PATCH /api/v1/tenders/:id': { title: 'Mine now' },
  'PUT /api/v1/tenders/:id/buyer': { buyer: 'private' },
  'PUT /api/v1/tenders/:id/clause': { instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' },
  'POST /api/v1/tenders/:id/withdrawal': { reason: 'Because' },
  'POST /contractor/tenders/:id/withdraw': { reason: 'Because' },
  'PUT /api/v1/tenders/:id/questions/:questionId/reply': { text: 'So' },
  'POST /contractor/tenders/:id/questions/:questionId': { text: 'So' },
  'PUT /api/v1/tenders/:id/answers/:answerId/decision': { act: 'retain' },
  'POST /contractor/tenders/:id/answers/:answerId/decision': { act: 'retain' },
  'PUT /api/v1/opportunities/:packageId/answer': { kind: 'full' },
  'POST /enterprise/opportunities/:packageId/answer': { kind: 'full' },
  'POST /api/v1/opportunities/:packageId/questions': { text: 'What' },
  'POST /enterprise/opportunities/:packageId/question': { text: 'What' },
  'PUT /api/v1/opportunities/:packageId/award': { act: 'confirm' },
  'POST /enterprise/opportunities/:packageId/award': { act: 'confirm' },
  'POST /contractor/readings/:id/answers': { question: 'deadline', reading: '0' },
  'PUT /api/v1/readings/:id/columns/:table': { columns: { A: 'ref', B: 'label', C: 'unit', D: 'quantity' } },
  'POST /api/v1/readings/:id/processes': { process: 0 },
  'PUT /api/v1/tenders/:id/lines/:lineId/quantity': { quantity: '1' },
  'POST /api/v1/obligations/:id/entries': {
    stage: 'planned',
    route: 'subcontracting',
    quantity: '1',
    onDay: '2026-11-24',
  },
  'POST /api/v1/obligations/:id/entries/:entryId/end': { reason: 'Mine' },
  'POST /contractor/obligations/:id/ended/:entryId': { reason: 'Mine' },
  'POST /api/v1/obligations/:id/attempts': {
    route: 'subcontracting',
    triedBy: 'contractor',
    contacted: 'Mine',
    triedOn: '2026-11-24',
    outcome: 'pending',
  },
  'PUT /api/v1/performances/:id/confirmation': { verdict: 'confirmed' },
  'POST /enterprise/performances/:id': { verdict: 'confirmed' },
  'POST /enterprise/teams/:placeId': { act: 'accept', answer: 'accept' },
};

/** What belongs to others in a route of tenders, packages, answers, questions and awards. */
const OF_TENDER = /\/(tenders|work-packages|opportunities)\/:/;
/** And beside them. A route of both is tried with what stands beside the tender, too. */
const BESIDE = /\/(readings|layouts|tag-rules|corrections|obligations|performances|documents|teams|team)\/:/;

type Role = 'contractor' | 'enterprise';

interface Try {
  readonly route: RouteName;
  readonly state: string;
  readonly objects: Objects;
}

/** Teams are written by the system, in the name of whoever asks: whose they are is asked by the room alone. */
const BY_THE_ROOM_ALONE =
  /^POST \/enterprise\/(teams\/:placeId|opportunities\/:packageId\/team\/:placeId\/removal)$/;

/** What was said, whatever it is. */
export const saidBy = ({ text, body }: Response): string =>
  `${text} ${Buffer.isBuffer(body) ? body.toString() : ''}`;

/** Whether what belongs to others stays theirs, with either of the two layers that see to it taken away. */
export class Trial {
  private constructor(
    private readonly service: TestApp,
    private readonly owner: Client,
    readonly world: TwoLayersWorld,
    private readonly routes: readonly RouteName[],
  ) {}

  static async of(service: TestApp, owner: Client): Promise<Trial> {
    const world = await twoLayersWorld(service, owner);
    const server = service.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    const routes = [...new Set(server.routeNames)].filter(
      (route) => OF_TENDER.test(route) || BESIDE.test(route),
    );
    return new Trial(service, owner, world, routes);
  }

  /** In this database alone. */
  async switchRowSecurity(verb: 'ENABLE' | 'DISABLE'): Promise<void> {
    await this.owner.query(`DO $$ DECLARE t regclass; BEGIN
      FOR t IN SELECT oid FROM pg_class WHERE relforcerowsecurity LOOP
        EXECUTE format('ALTER TABLE %s ${verb} ROW LEVEL SECURITY', t);
      END LOOP; END $$`);
  }

  /** The rooms believe that `seeming` is acting; row security is told that it is `real`. */
  async whileTheRoomsBelieve<T>(seeming: Actor, real: Actor, work: () => Promise<T>): Promise<T> {
    const database: Pick<Database, 'transaction' | 'reading'> = this.service.database;
    const { transaction, reading } = database;
    const told = (actor: Actor): Actor => (actor.personId === seeming.personId ? real : actor);
    database.transaction = (actor, inside) =>
      transaction.call(this.service.database, told(actor), inside) as never;
    database.reading = (actor, inside) => reading.call(this.service.database, told(actor), inside) as never;
    try {
      return await work();
    } finally {
      Object.assign(database, { transaction, reading });
    }
  }

  /** Every route of a role with every thing it may name, in each of its states. */
  tries(role: Role): Try[] {
    const { states, beside } = this.world;
    const routes = this.routes.filter((route) => (POLICY[route]!.allow as readonly string[]).includes(role));
    return routes.flatMap((route) => {
      const name = BESIDE.exec(route)?.[1];
      if (name !== undefined) return [{ route, state: name, objects: beside[name]! }];
      return Object.entries(states).map(([state, objects]) => ({ route, state, objects }));
    });
  }

  async knock({ route, objects }: Pick<Try, 'route' | 'objects'>, by: SignedInBrowser): Promise<Response> {
    const [method = '', pattern = ''] = route.split(' ');
    const own: Objects = {
      ...objects,
      ...(pattern.includes('work-packages') ? { id: objects['packageId']! } : {}),
    };
    const otherwise = this.world.states.published['id']!;
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => own[name] ?? otherwise);
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    if (verb === 'get') return by.browser.get(path);
    if (/^POST .*\/(attachments|files)$/.test(route) && path.startsWith('/api/'))
      return by.browser.post(path).attach('file', Buffer.from(MARK), 'mine.txt');
    const body = BODIES[route] ?? {};
    if (route === 'POST /contractor/tenders/:id/files')
      return by.browser
        .post(path)
        .field('_token', by.formToken)
        .attach('files', Buffer.from(MARK), 'mine.txt');
    if (!path.startsWith('/api/')) return by.post(path, body as Record<string, string>);
    return by.browser[verb](path).set('if-match', '"v1"').send(body);
  }

  /** What is let through of what is somebody else's, as it is found. */
  async *leaks(
    role: Role,
    by: SignedInBrowser,
    isTried: (route: RouteName) => boolean = () => true,
  ): AsyncGenerator<string> {
    const before = await this.contentOfRooms();
    for (const one of this.tries(role).filter(({ route }) => isTried(route))) {
      const answer = await this.knock(one, by);
      const isRefused = [400, 403, 404, 422].includes(answer.status);
      if (saidBy(answer).includes(MARK) || !isRefused) yield `${one.state}: ${one.route} ${answer.status}`;
    }
    if ((await this.contentOfRooms()) !== before) yield 'something was written';
  }

  /** With the rooms deceived about who is acting: what row security lets through to somebody else. */
  async leaksOfRowSecurity(most = Infinity): Promise<string[]> {
    const { owner, otherContractor, asker, partner, unmatched } = this.world;
    const found: string[] = [];
    for (const [role, by, real] of [
      ['contractor', owner, otherContractor],
      ['enterprise', asker, unmatched],
      ['enterprise', partner, unmatched],
    ] as const)
      await this.whileTheRoomsBelieve(by.actor, real.actor, async () => {
        if (found.length >= most) return;
        for await (const leak of this.leaks(role, by, (route) => !BY_THE_ROOM_ALONE.test(route)))
          if (found.push(leak) >= most) return;
      });
    return found;
  }

  private async contentOfRooms(): Promise<string> {
    const { rows } = await this.owner.query<{ all: string }>(`
      SELECT string_agg(md5(one), '' ORDER BY one) AS all FROM (
        SELECT t::text AS one FROM tenders.tender t UNION ALL SELECT p::text FROM tenders.work_package p
        UNION ALL SELECT a::text FROM answers.answer a UNION ALL SELECT d::text FROM answers.decision d
        UNION ALL SELECT q::text FROM answers.question q UNION ALL SELECT c::text FROM answers.clarification c
        UNION ALL SELECT g::text FROM tagging.tag g UNION ALL SELECT r::text FROM tagging.rule r
        UNION ALL SELECT i::text FROM tenders.import i UNION ALL SELECT l::text FROM tenders.column_layout l
        UNION ALL SELECT o::text FROM obligations.obligation o UNION ALL SELECT e::text FROM obligations.ledger_entry e
        UNION ALL SELECT b::text FROM obligations.debt b UNION ALL SELECT y::text FROM obligations.attempt y
        UNION ALL SELECT w::text FROM obligations.confirmation w UNION ALL SELECT s::text FROM answers.team s
        UNION ALL SELECT h::text FROM answers.team_place h UNION ALL SELECT n::text FROM answers.team_partner n
        UNION ALL SELECT v::text FROM registry.approval_document v
        UNION ALL SELECT f::text FROM answers.attachment f UNION ALL SELECT k::text FROM tenders.shared_file k
        UNION ALL SELECT j::text FROM answers.draft j) x`);
    return rows[0]!.all;
  }
}
