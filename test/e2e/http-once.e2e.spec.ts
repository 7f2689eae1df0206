import {
  Body,
  Controller,
  HttpCode,
  HttpException,
  Module,
  Post,
  Put,
  Req,
  Res,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsInt, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { agent } from 'supertest';
import { QueueModule } from '../../src/platform/queue/index.js';
import { AccountsModule, createOrganisation, createPerson } from '../../src/accounts/index.js';
import { startSession } from '../../src/accounts/session.repository.js';
import { readConfig } from '../../src/platform/config/index.js';
import { Database, rows } from '../../src/platform/db/index.js';
import { emit } from '../../src/platform/events/index.js';
import {
  assertVersion,
  FormTokens,
  Gate,
  HttpModule,
  httpServer,
  setEtag,
  UploadedFile,
  versionFrom,
  type Policy,
} from '../../src/platform/http/index.js';
import { newId } from '../../src/platform/ids.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { TestClock } from '../app.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../database.js';

class Order {
  @IsInt()
  amount: number;

  @IsOptional()
  @IsInt()
  waitMs?: number;
}

const clock = new TestClock();
const thing = { version: 1, amount: 0 };

/** Calls that do something once each time their handler runs. */
@Controller()
class OrdersController {
  constructor(private readonly database: Database) {}

  private effect(request: FastifyRequest): Promise<string> {
    const { actor } = request.visitor;
    return this.database.transaction(actor, (tx) =>
      emit(tx, {
        type: 'order.placed',
        organisationId: actor.organisationId!,
        subjectId: newId(clock.now()),
        payload: {},
        at: clock.now(),
      }),
    );
  }

  @Post('api/v1/orders')
  async place(@Req() request: FastifyRequest, @Body() order: Order): Promise<{ id: string }> {
    if (order.waitMs) await new Promise((resolve) => setTimeout(resolve, order.waitMs));
    if (order.amount === 13) throw new Error('a fault of ours');
    if (order.amount === 29) throw new HttpException('later', 429);
    return { id: await this.effect(request) };
  }

  @Post('orders')
  @HttpCode(303)
  async form(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: { amount?: string },
  ) {
    if (!body.amount) {
      reply.status(422);
      return 'amount?';
    }
    reply.header('location', `/orders/${await this.effect(request)}`);
    return '';
  }

  @Post('api/v1/files')
  upload(@Body() body: { file?: unknown; note?: string }) {
    const { file } = body;
    if (!(file instanceof UploadedFile)) return { file: null };
    return { name: file.name, type: file.mediaType, bytes: file.bytes.length, fields: Object.keys(body) };
  }

  @Put('api/v1/thing')
  change(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { amount }: Order,
  ) {
    assertVersion(versionFrom(request), thing.version);
    Object.assign(thing, { amount, version: thing.version + 1 });
    setEtag(reply, thing.version);
    return thing;
  }

  @Post('api/v1/forgotten')
  forgotten() {
    return 'a route that nobody put in the policy';
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

const signedIn = { allow: ['contractor'], audited: false } as const;
const POLICY: Policy = {
  'POST /api/v1/orders': signedIn,
  'POST /orders': signedIn,
  'POST /api/v1/files': signedIn,
  'PUT /api/v1/thing': signedIn,
};

describe('a request that comes twice', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  beforeAll(async () => {
    db = await cloneDatabase();
    const config = {
      ...readConfig({ NODE_ENV: 'test' }),
      databaseUrl: db.url,
      publicUrl: 'http://localhost',
    };
    const server = await httpServer({ config, clock, uploadLimitBytes: 1000 });
    @Module({
      imports: [
        PlatformModule.with({ config, clock, poolSize: 5 }),
        HttpModule,
        QueueModule,
        AccountsModule,
        OrdersModule,
      ],
    })
    class Root {}
    const options = { bodyParser: false, logger: false as const };
    app = await NestFactory.create<NestFastifyApplication>(
      Root as Type,
      new FastifyAdapter(server as never),
      options,
    );
    app.get(Gate).guard(server, POLICY);
    await app.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });
  beforeEach(() => clock.advanceMs(60_000));

  interface Owner {
    readonly personId: string;
    readonly organisationId: string;
  }
  const aPerson = (): Promise<Owner> =>
    db.database.transaction(SYSTEM, async (tx) => {
      const organisation = { role: 'contractor', name: 'Ougrée', language: 'en' } as const;
      const organisationId = await createOrganisation(tx, organisation, clock.now());
      const email = `${newId(clock.now())}@example.org`;
      const person = { organisationId, email, name: 'C', language: 'en', passwordHash: null } as const;
      return { organisationId, personId: await createPerson(tx, person, clock.now()) };
    });
  const enter = async (given?: Owner) => {
    const owner = given ?? (await aPerson());
    const { token } = await db.database.transaction(SYSTEM, (tx) =>
      startSession(tx, { ...owner, role: 'contractor' }, '-', clock.now()),
    );
    const browser = agent(app.getHttpServer());
    browser.jar.setCookie(`maillon=${token}; path=/`, '127.0.0.1', '/');
    browser.set({ 'sec-fetch-site': 'same-origin' });
    return { browser, owner, formToken: app.get(FormTokens).ofSession(token) };
  };
  const effects = async (): Promise<number> => {
    const found = await db.database.transaction(SYSTEM, (tx) => rows(tx, 'SELECT 1 FROM platform.event'));
    return found.length;
  };

  it('has one effect and one answer, under its key', async () => {
    const { browser } = await enter();
    const before = await effects();
    const send = () => browser.post('/api/v1/orders').set('idempotency-key', 'k1').send({ amount: 1 });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await effects()).toBe(before + 1);
  });

  it('has one effect when a hundred come at once; those in between are told to wait', async () => {
    const { browser } = await enter();
    const before = await effects();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        browser.post('/api/v1/orders').set('idempotency-key', 'k-many').send({ amount: 1, waitMs: 50 }),
      ),
    );
    const [done, waiting] = [201, 409].map((status) => answers.filter((answer) => answer.status === status));
    expect(done!.length + waiting!.length).toBe(100);
    expect(done!.length).toBeGreaterThan(0);
    expect(new Set(done!.map(({ text }) => text)).size).toBe(1);
    for (const { body, headers } of waiting!) {
      expect([body.code, headers['retry-after']]).toEqual(['request-in-flight', '1']);
    }
    expect(await effects()).toBe(before + 1);
  });

  it('is refused when it is not the same', async () => {
    const { browser } = await enter();
    const send = (amount: number) =>
      browser.post('/api/v1/orders').set('idempotency-key', 'k2').send({ amount });
    await send(1).expect(201);
    const other = await send(2);
    expect([other.status, other.body.code]).toEqual([422, 'key-used-for-another-request']);
  });

  it('is another one when somebody else sends it', async () => {
    const [one, other] = [await enter(), await enter()];
    const send = ({ browser }: typeof one) =>
      browser.post('/api/v1/orders').set('idempotency-key', 'k3').send({ amount: 1 });
    expect((await send(one)).text).not.toBe((await send(other)).text);
  });

  it('may be sent again after a fault of ours, or when asked to come later', async () => {
    const { browser } = await enter();
    for (const [amount, status] of [
      [13, 500],
      [29, 429],
    ] as const) {
      const send = () =>
        browser.post('/api/v1/orders').set('idempotency-key', `k4-${amount}`).send({ amount });
      expect([(await send()).status, (await send()).status]).toEqual([status, status]);
      expect((await send()).headers['idempotency-replayed']).toBeUndefined();
    }
  });

  it('keeps the answer to what was wrong in it', async () => {
    const { browser } = await enter();
    const send = () => browser.post('/api/v1/orders').set('idempotency-key', 'k5').send({ amount: 'x' });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.text]).toEqual([422, 422, first.text]);
  });

  it('says so when the first was cut short and nobody knows what came of it', async () => {
    const { browser } = await enter();
    const send = () => browser.post('/api/v1/orders').set('idempotency-key', 'k6').send({ amount: 1 });
    await send().expect(201);
    await db.database.transaction(SYSTEM, (tx) =>
      rows(tx, `UPDATE platform.idempotency SET state = 'in-flight', status = NULL WHERE key = 'call:k6'`),
    );
    expect((await send()).body.code).toBe('request-in-flight');
    clock.advanceMs(6 * 60_000);
    expect((await send()).body.code).toBe('request-outcome-unknown');
  });

  it('is a new one a day later', async () => {
    const { browser, owner } = await enter();
    const send = (from: typeof browser) =>
      from.post('/api/v1/orders').set('idempotency-key', 'k7').send({ amount: 1 });
    const first = await send(browser);
    clock.advanceMs(24 * 3_600_000 + 1);
    const later = await send((await enter(owner)).browser);
    expect([later.status, later.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect(later.text).not.toBe(first.text);
  });

  it.each(['', 'with space', 'x'.repeat(251)])('needs a key that is one, and %p is not', async (key) => {
    const { browser } = await enter();
    const answer = await browser.post('/api/v1/orders').set('idempotency-key', key).send({ amount: 1 });
    expect([answer.status, answer.body.code]).toEqual([400, 'request-unreadable']);
  });

  it('by form: a double click is one order, a correction is another try', async () => {
    const { browser, formToken } = await enter();
    const before = await effects();
    const send = (once: string, amount: string) =>
      browser.post('/orders').type('form').send({ _token: formToken, _once: once, amount });
    await send('f1', '').expect(422);
    const [first, second] = [await send('f1', '5'), await send('f1', '5')];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers['location']).toBe(first.headers['location']);
    expect(await effects()).toBe(before + 1);
    const back = await send('f1', '6');
    expect(back.status).toBe(409);
    expect(back.text).toContain('already sent');
    await send('f2', '6').expect(303);
    expect(await effects()).toBe(before + 2);
  });

  it('carries files, within the limit, and its hidden fields reach no handler', async () => {
    const { browser, formToken } = await enter();
    const send = (bytes: number) =>
      browser
        .post('/api/v1/files')
        .field('_token', formToken)
        .field('_once', 'u1')
        .field('note', 'é')
        .attach('file', Buffer.alloc(bytes, 65), {
          filename: 'métré.xlsx',
          contentType: 'application/x-test',
        });
    const answer = await send(1000);
    expect(answer.body).toEqual({
      name: 'métré.xlsx',
      type: 'application/x-test',
      bytes: 1000,
      fields: ['note', 'file'],
    });
    const large = await send(1001);
    expect([large.status, large.body.code]).toEqual([413, 'request-too-large']);
    const withoutToken = await browser.post('/api/v1/files').attach('file', Buffer.from('x'), 'x');
    expect(withoutToken.status).toBe(403);
  });

  it('changes what was seen, and nothing else', async () => {
    const { browser } = await enter();
    const change = (version: string | null, amount: number) => {
      const request = browser.put('/api/v1/thing').send({ amount });
      return version === null ? request : request.set('if-match', version);
    };
    expect((await change(null, 1)).status).toBe(428);
    const races = await Promise.all([1, 2, 3, 4].map((amount) => change('"v1"', amount)));
    expect(races.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect(races.find(({ status }) => status === 200)!.headers['etag']).toBe('"v2"');
    expect((await change('W/"x"', 5)).status).toBe(412);
    expect((await change('"v2"', 5)).status).toBe(200);
  });

  it('reaches nothing at a route that nobody put in the policy', async () => {
    const { browser } = await enter();
    const answer = await browser.post('/api/v1/forgotten').send({});
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  });

  it('keeps the cause of a fault in the log', async () => {
    const { browser } = await enter();
    const answer = await browser.post('/api/v1/orders').send({ amount: 13 });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('a fault of ours');
  });
});
