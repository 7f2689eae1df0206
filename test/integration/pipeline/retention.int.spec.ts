import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { parse } from 'yaml';
import { createOrganisation, createPerson } from '../../../src/accounts/index.js';
import { RetentionService } from '../../../src/pipeline/retention.service.js';
import { TERMS } from '../../../src/pipeline/retention.query.js';
import { maybeRow, rows } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { fromRoot } from '../../../src/platform/project-root.js';
import { TestClock } from '../../app.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const MINUTE = 60_000;
const clock = new TestClock();

/** One row of each table whose time began at $1; $2 is a new id, $3 an organisation, $4 a person of it. */
const BEGUN: Readonly<Record<string, string>> = {
  'platform.idempotency': `(organisation_id, person_id, key, fingerprint, state, claimed_at)
     VALUES ($3, $4, $2::text, '', 'in-flight', $1)`,
  'platform.outbox_mail': `(id, organisation_id, message_id, recipient, subject, headers, html, body, source, request_id, sent_at)
     VALUES ($2::uuid, $3, $2::text, coalesce($4::text, ''), '', '{}', '', '', '', '', $1)`,
  'accounts.credential': `(id, organisation_id, person_id, kind, secret, created_at, replaced_at)
     VALUES ($2, $3, $4, 'password', '', $1, $1)`,
  'accounts.session': `(id, organisation_id, person_id, token_hash, device, created_at, seen_at, idle_until, ends_at)
     VALUES ($2::uuid, $3, $4, $2::text, '', $1, $1, $1, $1::timestamptz + interval '9 days')`,
  'accounts.sign_in_try': `(id, source_hash, tried_at) SELECT $2::uuid, $3::text || $4::text, $1::timestamptz`,
  'accounts.invitation': `(id, organisation_id, email, name, language, token_hash, created_at, expires_at, organisation_role)
     VALUES ($2::uuid, $3, $2::text, coalesce($4::text, ''), 'fr', $2::text, $1, $1, 'member')`,
  'accounts.registration': `(id, enterprise_number, organisation_name, name, email, language, token_hash, asked_at, expires_at)
     VALUES ($2::uuid, '0403170701', $3::text || $4::text, 'Nadia', $2::text, 'fr', $2::text, $1::timestamptz - interval '1 day', $1)`,
  'tenders.trial': `(id, token_hash, browser_hash, network_hash, sha256, name, size_bytes, content, scanned, state, made_at)
     VALUES ($2::uuid, $2::text, $3::text, $4::text, '', 'essai.csv', 0, '', false, 'received', $1)`,
  'tenders.import': `(id, organisation_id, source_file_id, state, received_at)
     SELECT $2::uuid, $3::uuid, f.id, 'received', $1::timestamptz FROM tenders.source_file f
      WHERE f.name = 'of a reading' AND $4::uuid IS NOT NULL
        AND NOT EXISTS (SELECT FROM tenders.import i WHERE i.source_file_id = f.id) LIMIT 1`,
  'tenders.source_file': `(id, organisation_id, sha256, name, size_bytes, content, received_by, received_at)
     VALUES ($2::uuid, $3, encode(sha256($2::text::bytea), 'hex'), 'alone', 0, '', $4, $1)`,
  'matching.posting_change': `(by_transaction, enterprise_id, at)
     SELECT pg_current_xact_id(), $2::uuid, $1::timestamptz WHERE $3::uuid <> $4::uuid`,
  'answers.draft': `(id, organisation_id, package_id, entries, saved_by, saved_at) VALUES ($2::uuid, $3, $2, '{}', $4, $1)`,
  'answers.attachment': `(id, organisation_id, contractor_organisation_id, package_id, name, media_type, content, scanned, received_by, received_at)
     VALUES ($2::uuid, $3, $3, $2, 'x.txt', 'text/plain', 'x', false, $4, $1)`,
  'notifications.attempt': `(id, organisation_id, notification_id, fence, at, worker, outcome, request_id)
     SELECT $2::uuid, $3::uuid, n.id, 1, $1::timestamptz, $4::text, 'delivered', '' FROM notifications.notification n`,
  'notifications.refused_address': `(id, organisation_id, email, detail, refused_at)
     VALUES ($2::uuid, $3, $2::text, $4::text, $1)`,
};

describe('what is kept for a time alone', () => {
  let db: TestDatabase;
  let retention: RetentionService;
  let organisationId: string;
  let personId: string;
  const run = (sql: string, params: readonly unknown[] = []): Promise<unknown> =>
    db.database.transaction(SYSTEM, (tx) => rows(tx, sql, params));
  const insert = async (table: string, at: Date): Promise<string> => {
    const id = newId(clock.now());
    await run(`INSERT INTO ${table} ${BEGUN[table]}`, [at, id, organisationId, personId]);
    return id;
  };
  const idColumn = (table: string): string =>
    ({ 'platform.idempotency': 'key', 'matching.posting_change': 'enterprise_id' })[table] ?? 'id';
  const isKept = (table: string, id: string): Promise<boolean> =>
    db.database.transaction(SYSTEM, async (tx) => {
      const found = await maybeRow(tx, `SELECT 1 FROM ${table} WHERE ${idColumn(table)}::text = $1`, [id]);
      return found !== null;
    });
  /** The moment since which a term has just not ended. */
  const since = async (kept: string): Promise<Date> => {
    const [row] = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ at: Date }>(tx, `SELECT $1::timestamptz - $2::interval AS at`, [clock.now(), kept]),
    );
    return row!.at;
  };

  beforeAll(async () => {
    db = await cloneDatabase();
    retention = new RetentionService(db.database, clock);
    const now = clock.now();
    await db.database.transaction(SYSTEM, async (tx) => {
      organisationId = await createOrganisation(
        tx,
        { role: 'contractor', name: 'Chantiers', language: 'fr' },
        now,
      );
      const person = {
        organisationId,
        email: 'a@example.org',
        name: 'Nadia',
        language: 'fr',
        passwordHash: null,
      } as const;
      personId = await createPerson(tx, person, now);
    });
    for (const ordinal of [1, 2, 3])
      await run(
        `INSERT INTO tenders.source_file (id, organisation_id, sha256, name, size_bytes, content, received_at)
         VALUES ($1::uuid, $2, encode(sha256($1::text::bytea), 'hex'), 'of a reading', $3, '', $4)`,
        [newId(now), organisationId, ordinal, now],
      );
    await run(
      `INSERT INTO notifications.notification (id, organisation_id, recipient_id, event_id, event_organisation_id, channel,
         template, params, tender_id, language, state, next_attempt_at, message_id, request_id, created_at)
       VALUES ($1::uuid, $2, $3, $1::uuid, $2, 'mail', 'tender-published', '{}', $1::uuid, 'fr', 'pending', $4, $1::text, '', $4)`,
      [newId(now), organisationId, personId, now],
    );
  });
  afterAll(() => db.drop());

  it.each(TERMS)('$table: $kept', async ({ table, kept }) => {
    const edge = await since(kept);
    const over = await insert(table, new Date(edge.getTime() - MINUTE));
    const inTime = await insert(table, new Date(edge.getTime() + MINUTE));
    await retention.forget();
    expect([await isKept(table, over), await isKept(table, inTime)]).toEqual([false, true]);
  });

  it('keeps a reading and its document when something was made of it', async () => {
    const long = new Date('2020-01-01T10:00:00Z');
    const file = await insert('tenders.source_file', long);
    const read = newId(clock.now());
    await run(
      `INSERT INTO tenders.import (id, organisation_id, source_file_id, state, parsed, received_at)
       VALUES ($1, $2, $3, 'applied', '{}', $4)`,
      [read, organisationId, file, long],
    );
    await run(
      `INSERT INTO tenders.tender (id, organisation_id, import_id, status, version, title, place, created_at)
       VALUES ($1, $2, $3, 'draft', 1, 'École', '{}', $4)`,
      [newId(clock.now()), organisationId, read, long],
    );
    await retention.forget();
    expect([await isKept('tenders.import', read), await isKept('tenders.source_file', file)]).toEqual([
      true,
      true,
    ]);
  });

  it.each(['tenders.import', 'tenders.source_file', 'notifications.attempt'])(
    'is deleted from %s by the system alone',
    async (table) => {
      const own = await insert(table, clock.now());
      const actor = { role: 'contractor', organisationId, personId, requestId: 'test' } as const;
      await db.database.transaction(actor, (tx) => rows(tx, `DELETE FROM ${table} WHERE id = $1`, [own]));
      expect(await isKept(table, own)).toBe(true);
    },
  );

  it('goes however much it is, and where one table cannot be cleared the others are', async () => {
    await run(
      `INSERT INTO accounts.sign_in_try (id, source_hash, tried_at)
       SELECT gen_random_uuid(), '', $1::timestamptz FROM generate_series(1, 2500)`,
      [new Date('2020-01-01T10:00:00Z')],
    );
    const owner = new Client({ connectionString: db.url });
    await owner.connect();
    await owner.query('REVOKE DELETE ON accounts.session FROM maillon_app');
    await retention.forget();
    await owner.query('GRANT DELETE ON accounts.session TO maillon_app');
    await owner.end();
    const left = await run(`SELECT id FROM accounts.sign_in_try WHERE tried_at < '2021-01-01'`);
    expect(left).toEqual([]);
  });

  it('is every term of the map in figures, in the same words', () => {
    const { tables } = parse(readFileSync(fromRoot('docs/data-map.yaml'), 'utf8')) as {
      tables: Readonly<Record<string, { kept: string }>>;
    };
    const inFigures = Object.entries(tables).flatMap(([table, { kept }]) =>
      [...kept.matchAll(/\d+ (hour|day|month|year)s?/g)].map(([term]) => `${table}: ${term}`),
    );
    // A person is erased by their own room, which knows what else goes.
    const carriedOut = TERMS.map(({ table, kept }) => `${table}: ${kept}`);
    expect([...carriedOut, 'accounts.person: 12 months'].sort()).toEqual(inFigures.sort());
  });
});
