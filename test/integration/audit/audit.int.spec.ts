import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from '../../../src/kernel/index.js';
import { audit, forgetActor, publishedHead, verifyAudit } from '../../../src/platform/audit/index.js';
import { rows, sqlState } from '../../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const AT = new Date('2026-11-24T10:00:00Z');
const [ONE, OTHER] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];

describe('the audit', () => {
  let db: TestDatabase;
  let owner: pg.Client;
  beforeEach(async () => {
    db = await cloneDatabase();
    owner = new pg.Client({ connectionString: db.url });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    await db.drop();
  });

  const actor = (organisationId = ONE): Actor => ({
    role: 'contractor',
    organisationId,
    personId: randomUUID(),
    requestId: 'request-1',
  });
  const append = (as: Actor, action: string, organisationId = ONE) =>
    db.database.transaction(as, (tx) =>
      audit(tx, {
        organisationId,
        action,
        subjectId: randomUUID(),
        details: { state: 'draft', packages: 3, tags: ['a', 'b'] },
        personal: { email: `${action}@example.org` },
        at: AT,
      }),
    );
  const verdict = (published?: Awaited<ReturnType<typeof publishedHead>>) =>
    db.database.transaction(SYSTEM, (tx) => verifyAudit(tx, published ?? null));
  const head = () => db.database.transaction(SYSTEM, publishedHead);
  /** What an operator with every right, and bad intent, could do. */
  const tamper = async (...statements: string[]): Promise<void> => {
    await owner.query('ALTER TABLE platform.audit_entry DISABLE TRIGGER ALL');
    await owner.query(`SET maillon.role = 'system'`);
    for (const statement of statements) await owner.query(statement);
    await owner.query('ALTER TABLE platform.audit_entry ENABLE TRIGGER ALL');
  };
  const five = async (): Promise<void> => {
    for (const action of ['a', 'b', 'c', 'd', 'e']) await append(actor(), action);
    await append(actor(OTHER), 'z', OTHER);
  };

  it('verifies, chain by chain, and says its head', async () => {
    await five();
    const found = await verdict();
    expect(found).toEqual({ entries: 6, head: (await head()).head, firstBreak: null });
    expect(found.head).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is empty and whole on a new database', async () => {
    expect(await verdict()).toMatchObject({ entries: 0, firstBreak: null });
  });

  it('numbers without a gap while many append at once and some roll back', async () => {
    const work = Array.from({ length: 60 }, (_, i) =>
      db.database
        .transaction(actor(), async (tx) => {
          await audit(tx, { organisationId: ONE, action: `n${i}`, subjectId: null, at: AT });
          if (i % 5 === 0) throw new Error('rolled back');
        })
        .catch(() => undefined),
    );
    await Promise.all(work);
    expect(await verdict()).toMatchObject({ entries: 48, firstBreak: null });
  });

  it('can be appended to and read by the service, and nothing else', async () => {
    await append(actor(), 'a');
    for (const sql of [
      `UPDATE platform.audit_entry SET action = 'x'`,
      `DELETE FROM platform.audit_entry`,
      `TRUNCATE platform.audit_entry`,
      `DELETE FROM platform.audit_head`,
    ]) {
      const refused = await db.database.transaction(SYSTEM, (tx) => rows(tx, sql)).catch(sqlState);
      expect([sql, refused]).toEqual([sql, '42501']);
    }
  });

  it('cannot be changed by its owner either without taking the guard away', async () => {
    await append(actor(), 'a');
    await expect(owner.query(`TRUNCATE platform.audit_entry CASCADE`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('shows an organisation its own chain only, with what others read of it', async () => {
    await append(actor(ONE), 'mine');
    await append(actor(OTHER), 'read-by-another', ONE);
    await append(actor(OTHER), 'theirs', OTHER);
    const seen = await db.database.transaction(actor(ONE), (tx) =>
      rows<{ action: string }>(tx, `SELECT action FROM platform.audit_entry ORDER BY seq`),
    );
    expect(seen.map((row) => row.action)).toEqual(['mine', 'read-by-another']);
  });

  it.each([
    [
      'an edit',
      `UPDATE platform.audit_entry SET action = 'x' WHERE organisation_id = '${ONE}' AND seq = 3`,
      3,
      'content',
    ],
    [
      'an edit of the instant',
      `UPDATE platform.audit_entry SET at = at + interval '1 microsecond' WHERE organisation_id = '${ONE}' AND seq = 2`,
      2,
      'content',
    ],
    [
      'a detail',
      `UPDATE platform.audit_entry SET details = details || '{"packages": 4}' WHERE organisation_id = '${ONE}' AND seq = 4`,
      4,
      'content',
    ],
    [
      'a number no entry can hold',
      `UPDATE platform.audit_entry SET details = '{"packages": 1.5}' WHERE organisation_id = '${ONE}' AND seq = 4`,
      4,
      'content',
    ],
    [
      'a removal in the middle',
      `DELETE FROM platform.audit_personal WHERE seq = 3; DELETE FROM platform.audit_entry WHERE organisation_id = '${ONE}' AND seq = 3`,
      4,
      'gap',
    ],
    [
      'a changed personal value',
      `UPDATE platform.audit_personal SET content = '{"email": "x"}' WHERE organisation_id = '${ONE}' AND seq = 2`,
      2,
      'personal',
    ],
  ])('finds %s', async (_, sql, seq, reason) => {
    await five();
    await owner.query(
      'ALTER TABLE platform.audit_personal NO FORCE ROW LEVEL SECURITY; ALTER TABLE platform.audit_entry NO FORCE ROW LEVEL SECURITY',
    );
    await tamper(sql);
    expect((await verdict()).firstBreak).toEqual({ organisationId: ONE, seq, reason });
  });

  it('finds two entries that changed places', async () => {
    await five();
    await owner.query(
      'ALTER TABLE platform.audit_personal DROP CONSTRAINT audit_personal_of_entry; ALTER TABLE platform.audit_entry NO FORCE ROW LEVEL SECURITY',
    );
    await tamper(
      `UPDATE platform.audit_entry SET seq = 1000 WHERE organisation_id = '${ONE}' AND seq = 2`,
      `UPDATE platform.audit_entry SET seq = 2 WHERE organisation_id = '${ONE}' AND seq = 3`,
      `UPDATE platform.audit_entry SET seq = 3 WHERE organisation_id = '${ONE}' AND seq = 1000`,
    );
    expect((await verdict()).firstBreak).toMatchObject({ organisationId: ONE, seq: 2, reason: 'link' });
  });

  const cutTail = [
    `DELETE FROM platform.audit_personal WHERE organisation_id = '${ONE}' AND seq > 3`,
    `DELETE FROM platform.audit_entry WHERE organisation_id = '${ONE}' AND seq > 3`,
  ];
  const weaken =
    'ALTER TABLE platform.audit_personal NO FORCE ROW LEVEL SECURITY; ALTER TABLE platform.audit_entry NO FORCE ROW LEVEL SECURITY';

  it('finds a tail that was cut, by the end of the chain', async () => {
    await five();
    await owner.query(weaken);
    await tamper(...cutTail);
    expect((await verdict()).firstBreak).toEqual({ organisationId: ONE, seq: 4, reason: 'cut' });
  });

  it('finds a tail that was cut with the end of the chain moved, by the published head', async () => {
    await five();
    const published = await head();
    await owner.query(weaken);
    await tamper(
      ...cutTail,
      `UPDATE platform.audit_head h SET seq = 3, hash = e.hash FROM platform.audit_entry e
       WHERE h.organisation_id = '${ONE}' AND e.organisation_id = h.organisation_id AND e.seq = 3`,
    );
    expect((await verdict()).firstBreak).toBeNull();
    expect((await verdict(published)).firstBreak).toEqual({ organisationId: ONE, seq: 4, reason: 'cut' });
  });

  it('finds a whole chain that was written anew, and a head that was forged', async () => {
    await five();
    const published = await head();
    await owner.query(weaken);
    await tamper(
      `DELETE FROM platform.audit_personal`,
      `DELETE FROM platform.audit_entry`,
      `DELETE FROM platform.audit_head`,
    );
    await five();
    expect((await verdict()).firstBreak).toBeNull();
    expect((await verdict(published)).firstBreak).toMatchObject({ reason: 'head' });
    expect((await verdict({ ...published, chains: [] })).firstBreak).toMatchObject({ reason: 'head' });
  });

  it('still verifies against an older head, and once a person was forgotten', async () => {
    const person = actor();
    await append(person, 'a');
    const published = await head();
    await append(person, 'b');
    await append(actor(), 'c');
    await db.database.transaction(SYSTEM, (tx) => forgetActor(tx, person.personId!));
    expect(await verdict(published)).toMatchObject({ entries: 3, firstBreak: null });
    const kept = await db.database.transaction(SYSTEM, (tx) =>
      rows(tx, `SELECT content FROM platform.audit_personal`),
    );
    expect(kept).toEqual([{ content: { email: 'c@example.org' } }]);
  });

  it('names a person by one pseudonym, and not by their id', async () => {
    const person = actor();
    await append(person, 'a');
    await append(person, 'b');
    const found = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ actor: string }>(tx, `SELECT DISTINCT actor FROM platform.audit_entry`),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.actor).not.toBe(person.personId);
  });

  it('commits and rolls back with what it tells of', async () => {
    await db.database
      .transaction(actor(), async (tx) => {
        await audit(tx, { organisationId: ONE, action: 'a', subjectId: null, at: AT });
        throw new Error('the change failed');
      })
      .catch(() => undefined);
    expect(await verdict()).toMatchObject({ entries: 0, firstBreak: null });
  });
});
