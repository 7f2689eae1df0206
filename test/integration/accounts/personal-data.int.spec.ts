import { readFileSync } from 'node:fs';
import { Client, escapeIdentifier } from 'pg';
import { parse } from 'yaml';
import {
  createOrganisation,
  createPerson,
  hashPassword,
  HOLDING_GROUPS,
  HOLDINGS,
  MemberService,
  type OrganisationRole,
} from '../../../src/accounts/index.js';
import { verifyAudit } from '../../../src/platform/audit/index.js';
import { maybeRow, rows } from '../../../src/platform/db/index.js';
import { DayTurn } from '../../../src/pipeline/day-turn.js';
import { newId } from '../../../src/platform/ids.js';
import { fromRoot } from '../../../src/platform/project-root.js';
import { startTestApp, type TestApp } from '../../app.js';
import { SYSTEM } from '../../database.js';
import { eventually } from '../../eventually.js';

const PASSWORD = 'une phrase assez longue';
const WEEK_MS = 7 * 86_400_000;

/** Personal columns that nobody can link to a person, with the reason. */
const NOT_LINKED: Readonly<Record<string, string>> = {
  'accounts.sign_in_try': 'a keyed hash of what was typed, gone after 24 hours',
  'tenders.trial':
    'hashes of a browser and of a network, of somebody without an account, gone after 24 hours',
};

interface Entry {
  readonly personal?: readonly string[];
  readonly secret?: readonly string[];
}
const map = parse(readFileSync(fromRoot('docs/data-map.yaml'), 'utf8')) as {
  readonly tables: Readonly<Record<string, Entry>>;
};

/** @returns a line for each personal column without a place, and for each thing given out that must not be */
function misplaced(tables: Readonly<Record<string, Entry>>): string[] {
  const placed = new Map(HOLDINGS.map((holding) => [holding.table, holding]));
  return Object.entries(tables).flatMap(([table, { personal = [], secret = [] }]) => {
    if (table in NOT_LINKED) return [];
    const { people = [], values = [], withheld = [] } = placed.get(table) ?? {};
    const known = new Set([...people, ...values, ...withheld]);
    return [
      ...personal.filter((column) => !known.has(column)).map((column) => `${table}.${column} has no place`),
      ...secret.filter((column) => values.includes(column)).map((column) => `${table}.${column} is a secret`),
    ];
  });
}

describe('what is held on a person', () => {
  it('has a place for every column that the map of the data calls personal', () => {
    expect(misplaced(map.tables)).toEqual([]);
    expect(HOLDINGS.filter(({ table }) => !(table in map.tables))).toEqual([]);
    expect(new Set(HOLDINGS.map(({ table }) => table)).size).toBe(HOLDINGS.length);
  });

  it('notices a new personal column, and a secret given out', () => {
    const person = map.tables['accounts.person']!;
    expect(
      misplaced({
        ...map.tables,
        'accounts.person': { personal: [...person.personal!, 'phone'], secret: ['name'] },
        'answers.vote': { personal: ['voter'] },
      }),
    ).toEqual([
      'accounts.person.phone has no place',
      'accounts.person.name is a secret',
      'answers.vote.voter has no place',
    ]);
  });
});

describe('a person and their data', () => {
  let service: TestApp;
  let organisationId: string;
  let counter = 0;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    organisationId = await service.database.transaction(SYSTEM, (tx) =>
      createOrganisation(tx, { role: 'enterprise', name: 'Ateliers', language: 'en' }, service.clock.now()),
    );
  });

  const aPerson = async (organisationRole: OrganisationRole) => {
    counter += 1;
    const email = `canary-${counter}@personal.example`;
    const name = `Zoé Canary${counter}`;
    const passwordHash = await hashPassword(PASSWORD);
    const id = await service.database.transaction(SYSTEM, (tx) =>
      createPerson(
        tx,
        { organisationId, email, name, language: 'en', passwordHash, organisationRole },
        service.clock.now(),
      ),
    );
    const browser = service.visitor();
    browser.set({ 'sec-fetch-site': 'same-origin' });
    await browser.post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201);
    const send = async (path: string, page: string, fields: Record<string, string> = {}) => {
      const shown = await browser.get(page);
      const token = /name="_token" value="([^"]+)"/.exec(shown.text)?.[1];
      return browser
        .post(path)
        .type('form')
        .send({ ...fields, _token: token });
    };
    return { id, email, name, browser, send };
  };
  type Someone = Awaited<ReturnType<typeof aPerson>>;

  /** Puts the person's address and name wherever the service may come to hold them. */
  const leaveTraces = async ({ id, email, name }: Someone): Promise<void> => {
    const now = service.clock.now();
    const run = (sql: string, params: readonly unknown[]) =>
      service.database.transaction(SYSTEM, (tx) => rows(tx, sql, params));
    await run(
      `INSERT INTO platform.outbox_mail (id, organisation_id, message_id, recipient, subject, headers, html, body, source, request_id, sent_at)
       VALUES ($1, $2, $3, $4, $5, $6, $5, $5, $5, 'r', $7)`,
      [newId(now), organisationId, `<${id}@x>`, email, `For ${name}`, JSON.stringify({ To: email }), now],
    );
    await run(
      `INSERT INTO notifications.refused_address (id, organisation_id, email, detail, refused_at) VALUES ($1, $2, $3, $4, $5)`,
      [newId(now), organisationId, email, `550 <${email}> unknown`, now],
    );
    await run(`INSERT INTO notifications.stopped_list VALUES ($1, $2, 'offers', $3)`, [
      organisationId,
      id,
      now,
    ]);
    await run(
      `INSERT INTO accounts.api_token (id, organisation_id, person_id, name, token_hash, scopes, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, '{uptake:read}', $6, $6::timestamptz + interval '1 day')`,
      [newId(now), organisationId, id, `of ${name}`, `hash ${id}`, now],
    );
    await run(`INSERT INTO accounts.feed_link VALUES ($1, $2, $3, $4)`, [
      id,
      organisationId,
      `hash ${id}`,
      now,
    ]);
    const notification = newId(now);
    await run(
      `INSERT INTO notifications.notification (id, organisation_id, recipient_id, event_id, event_organisation_id, channel,
         template, params, tender_id, language, state, next_attempt_at, message_id, request_id, created_at, finished_at)
       VALUES ($1, $2, $3, $1, $2, 'mail', 'match-new', '{}', $1, 'en', 'handed', $4, $5, 'r', $4, $4)`,
      [notification, organisationId, id, now, `<n-${id}@x>`],
    );
    await run(
      `INSERT INTO notifications.attempt (id, organisation_id, notification_id, fence, at, worker, outcome, detail, request_id)
       VALUES ($1, $2, $3, 1, $4, 'w', 'rejected', $5, 'r')`,
      [newId(now), organisationId, notification, now, `550 <${email}> unknown`],
    );
  };

  /** Tables and columns of any schema in which a text stands, in whatever case. */
  const placesOf = async (text: string): Promise<string[]> => {
    const client = new Client({ connectionString: service.databaseUrl, options: '-c maillon.role=system' });
    await client.connect();
    const { rows: columns } = await client.query<{ name: string; column: string; type: string }>(`
      SELECT format('%I.%I', n.nspname, c.relname) AS name, a.attname AS column, t.typname AS type
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
        AND t.typname IN ('text', 'varchar', 'json', 'jsonb', '_text', '_varchar', 'bytea')`);
    const found: string[] = [];
    for (const { name, column, type } of columns) {
      const value = escapeIdentifier(column);
      const isThere =
        type === 'bytea'
          ? `position(convert_to($1, 'UTF8') IN ${value}) > 0`
          : `position(lower($1) IN lower(${value}::text)) > 0`;
      const { rowCount } = await client.query(`SELECT 1 FROM ${name} WHERE ${isThere} LIMIT 1`, [text]);
      if (rowCount !== 0) found.push(`${name}.${column}`);
    }
    await client.end();
    return found.sort();
  };

  const jobs = async (sql: string): Promise<unknown[]> => {
    const owner = new Client({ connectionString: service.databaseUrl });
    await owner.connect();
    const { rows: found } = await owner.query<Record<string, unknown>>(sql);
    await owner.end();
    return found;
  };
  /** The queue keeps the time of the database: what waits for a week is called now. */
  const letTheWeekPass = async (): Promise<void> => {
    service.clock.advanceMs(WEEK_MS);
    await jobs(`UPDATE queue.job SET start_after = now() WHERE name = 'accounts.erasure'`);
  };

  it('is shown and given out whole, and nothing of anybody else', async () => {
    const [person, other] = [await aPerson('manager'), await aPerson('member')];
    await leaveTraces(person);
    await leaveTraces(other);
    const page = await person.browser.get('/account/data');
    expect(page.status).toBe(200);
    expect(page.text).toContain(person.email);
    expect(page.text).not.toMatch(/\b(data|erasure)\.\w+\b(?!\.json)/);
    const file = await person.browser.get('/account/data/file');
    expect(file.headers['content-disposition']).toContain('attachment');
    const { tables } = JSON.parse(file.text) as {
      tables: Record<string, { group: string; whenErased: string; rows: Record<string, unknown>[] }>;
    };
    const given = HOLDING_GROUPS.map((group) =>
      Object.values(tables).reduce((sum, table) => sum + (table.group === group ? table.rows.length : 0), 0),
    );
    // That it was taken is recorded before the first row is given.
    given[HOLDING_GROUPS.indexOf('traces')]! -= 1;
    expect([...page.text.matchAll(/numeric">(\d+)</g)].map(([, count]) => Number(count))).toEqual(given);
    expect(Object.keys(tables).sort()).toEqual(HOLDINGS.map(({ table }) => table).sort());
    const held = Object.keys(tables).filter((table) => tables[table]!.rows.length > 0);
    expect(held).toEqual(
      expect.arrayContaining([
        'accounts.person',
        'accounts.credential',
        'accounts.session',
        'accounts.api_token',
        'accounts.feed_link',
        'platform.outbox_mail',
        'platform.audit_entry',
        'notifications.attempt',
        'notifications.notification',
        'notifications.refused_address',
        'notifications.stopped_list',
      ]),
    );
    expect(file.text).toContain(`550 <${person.email}> unknown`);
    for (const foreign of [other.email, other.name, other.id, 'argon2', 'hash ']) {
      expect([foreign, file.text.includes(foreign)]).toEqual([foreign, false]);
    }
  });

  it('asks with the password, may take it back, and is then left alone', async () => {
    const person = await aPerson('member');
    await aPerson('manager');
    const wrong = await person.send('/account/erasure', '/account/erasure', { password: 'not the one' });
    expect(wrong.status).toBe(422);
    const asked = await person.send('/account/erasure', '/account/erasure', { password: PASSWORD });
    expect([asked.status, asked.headers['location']]).toEqual([303, '/account/erasure']);
    const back = await person.send('/account/erasure/withdrawal', '/account/erasure');
    expect(back.status).toBe(303);
    const again = await person.send('/account/erasure/withdrawal', '/account/erasure');
    expect(again.status).toBe(404);
    expect(await placesOf(person.email)).toContain('accounts.person.email');
  });

  it('must hand over first when others would be left without a manager', async () => {
    const person = await aPerson('manager');
    const other = await aPerson('member');
    const page = await person.browser.get('/account/erasure');
    expect(page.text).toContain('Name somebody else first');
    expect(page.text).not.toContain('type="password"');
    const refused = await person.send('/account/erasure', '/account', { password: PASSWORD });
    expect(refused.status).toBe(422);
    const actor = { role: 'enterprise', organisationId, personId: person.id, requestId: 'test' } as const;
    await service.app.get(MemberService).setRole(actor, other.id, 'manager');
    const asked = await person.send('/account/erasure', '/account/erasure', { password: PASSWORD });
    expect(asked.status).toBe(303);
    await service.app.get(MemberService).setRole(actor, other.id, 'member');
    const told = await eventually(() =>
      service.database.transaction(SYSTEM, (tx) =>
        maybeRow<{ subject: string; body: string }>(
          tx,
          `SELECT subject, body FROM platform.outbox_mail WHERE recipient LIKE $1 AND strpos(body, '/account/erasure') > 0`,
          [`%${person.email}%`],
        ),
      ),
    );
    expect(told.subject).toMatch(/^Your data will be erased on .+/);
    await letTheWeekPass();
    const waiting = `SELECT state FROM queue.job WHERE name = 'accounts.erasure' AND data->'payload'->>'personId' = '${person.id}'`;
    await eventually(async () => ((await jobs(waiting)).length === 2 ? true : null));
    expect((await jobs(`${waiting} ORDER BY start_after`)).at(-1)).toEqual({ state: 'created' });
    expect(await placesOf(person.email)).toContain('accounts.person.email');
  });

  it('is forgotten after the days to think again: no text of the database says who it was', async () => {
    const person = await aPerson('manager');
    const other = await aPerson('manager');
    await leaveTraces(person);
    await leaveTraces(other);
    const actor = { role: 'enterprise', organisationId, personId: other.id, requestId: 'test' } as const;
    await service.app.get(MemberService).setRole(actor, person.id, 'member');
    expect((await placesOf(person.email)).length).toBeGreaterThan(4);
    expect((await placesOf(person.name)).length).toBeGreaterThan(3);
    const before = await placesOf(other.email);
    await person.send('/account/erasure', '/account/erasure', { password: PASSWORD });
    await letTheWeekPass();
    await eventually(async () => ((await placesOf(person.email)).length === 0 ? true : null));
    expect(await placesOf(person.name)).toEqual([]);
    expect(await placesOf(other.email)).toEqual(before);
    await person.browser.get('/api/v1/me').expect(401);
    await service
      .visitor()
      .post('/api/v1/sessions')
      .send({ email: person.email, password: PASSWORD })
      .expect(401);
    const kept = await service.database.transaction(SYSTEM, async (tx) => ({
      audit: await verifyAudit(tx),
      entry: await maybeRow(
        tx,
        `SELECT actor, details FROM platform.audit_entry WHERE action = 'person.erased' AND subject_id = $1`,
        [person.id],
      ),
    }));
    expect(kept.entry).toEqual({ actor: null, details: {} });
    expect(kept.audit).toMatchObject({ firstBreak: null });
  }, 60_000);

  it('is forgotten a year after somebody left, and not before', async () => {
    const person = await aPerson('member');
    const manager = await aPerson('manager');
    const actor = { role: 'enterprise', organisationId, personId: manager.id, requestId: 'test' } as const;
    await service.app.get(MemberService).remove(actor, person.id);
    const planned = `SELECT state FROM queue.job WHERE name = 'accounts.long-gone' AND data->'payload'->>'personId' = '${person.id}'`;
    const later = async (days: number): Promise<void> => {
      service.clock.advanceMs(days * 86_400_000);
      await service.app.get(DayTurn).turn();
    };
    await later(364);
    expect(await jobs(planned)).toEqual([]);
    await later(2);
    await eventually(async () => ((await placesOf(person.email)).length === 0 ? true : null));
    expect(await jobs(planned)).toHaveLength(1);
    expect(await placesOf(manager.email)).toContain('accounts.person.email');
  });
});
