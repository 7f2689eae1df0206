import { boardsToTell } from '../../../src/notifications/board-news.query.js';
import { keepMailWish } from '../../../src/notifications/mail-wish.repository.js';
import { emit } from '../../../src/platform/events/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { Bench } from './bench.js';
import { NOW, publishedTender, type World } from './world.js';

const HOUR_MS = 3_600_000;
/** Half past seven in Brussels, on the two days after `NOW` and a week before the deadline of the world. */
const [FIRST, SECOND] = [new Date('2026-11-25T06:30:00Z'), new Date('2026-11-26T06:30:00Z')];
const WEEK_BEFORE = new Date('2026-12-06T06:30:00Z');

describe('what a contractor hears in the morning', () => {
  let db: TestDatabase;
  let bench: Bench;
  let world: World;
  beforeEach(async () => {
    db = await cloneDatabase();
    bench = new Bench(db);
    world = await publishedTender(db, { enterprises: 2, packages: 2 });
  });
  afterEach(() => db.drop());

  const answer = async (kind: 'full' | 'no', by = 0, about = 0, at = bench.now): Promise<void> => {
    const [enterprise, id] = [world.enterprises[by]!, newId(at)];
    await bench.query(
      `INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind, reason,
         package_version, answered_by, recorded)
       VALUES ($1, $2, $3, $4, $5, $2, $8, CASE $8 WHEN 'no' THEN 'dates' END, 1, $6, tstzrange($7, NULL))`,
      [
        id,
        enterprise.id,
        world.contractor.id,
        world.tenderId,
        world.packageIds[about],
        enterprise.personIds[0],
        at,
        kind,
      ],
    );
    await tell('answer.given', id);
  };
  const ask = async (): Promise<string> => {
    const [enterprise, id] = [world.enterprises[0]!, newId(bench.now)];
    await bench.query(
      `INSERT INTO answers.question (id, organisation_id, contractor_organisation_id, tender_id, package_id, text, asked_by, asked_at)
       VALUES ($1, $2, $3, $4, $5, 'Y a-t-il un ascenseur ?', $6, $7)`,
      [
        id,
        enterprise.id,
        world.contractor.id,
        world.tenderId,
        world.packageIds[0],
        enterprise.personIds[0],
        bench.now,
      ],
    );
    await tell('question.asked', id);
    return id;
  };
  const tell = async (
    type: string,
    subjectId: string,
    payload: object = { tenderId: world.tenderId },
  ): Promise<void> => {
    const eventId = await db.database.transaction(SYSTEM, (tx) =>
      emit(tx, {
        type,
        organisationId: world.contractor.id,
        subjectId,
        payload: { ...payload },
        at: bench.now,
      }),
    );
    await bench.plan(eventId);
    await bench.deliverDue();
  };
  /** As the morning does it. @returns how many contractors there was something for */
  const morning = async (at: Date): Promise<number> => {
    bench.now = at;
    const due = await db.database.transaction(SYSTEM, (tx) => boardsToTell(tx, at));
    for (const { organisationId, since } of due)
      await tell('boards.morning', organisationId, { since: since.toISOString(), until: at.toISOString() });
    return due.length;
  };
  const mails = (): Promise<{ subject: string; body: string }[]> =>
    bench.query(
      `SELECT m.subject, m.body FROM platform.outbox_mail m JOIN accounts.person p ON strpos(m.recipient, p.email) > 0
        WHERE p.organisation_id = $1 ORDER BY m.sent_at`,
      [world.contractor.id],
    );

  it('is one mail about the answers since the last and the questions that wait, and none where there is nothing', async () => {
    expect(await morning(new Date(FIRST.getTime() - HOUR_MS))).toBe(0);
    bench.now = NOW;
    await answer('full');
    await answer('no', 1);
    await ask();
    expect(await mails()).toEqual([]);
    expect(await morning(FIRST)).toBe(1);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail!.subject).toBe('Vos marchés\u00a0: 2 réponses, une question ouverte');
    expect(mail!.body).toContain('une entreprise intéressée, un refus');
    expect(mail!.body).toContain(`/contractor/tenders/${world.tenderId}/board`);
    // What was told is not told again; the question still waits.
    bench.now = new Date(FIRST.getTime() + HOUR_MS);
    await answer('full', 1, 1);
    await morning(SECOND);
    expect((await mails())[1]!.subject).toBe('Vos marchés\u00a0: une réponse, une question ouverte');
  });

  it('names what closes in seven days and nobody said yes to', async () => {
    await answer('full', 0, 0);
    await answer('no', 0, 1);
    await morning(FIRST);
    expect(await morning(new Date(WEEK_BEFORE.getTime() - 24 * HOUR_MS))).toBe(0);
    await morning(WEEK_BEFORE);
    const mail = (await mails()).at(-1)!;
    expect(mail.subject).toBe('Vos marchés\u00a0: un travail sans preneur');
    expect(mail.body).toMatch(/Peinture des\s+murs,\s+niveau 2/);
    expect(mail.body).not.toContain('niveau 1');
  });

  it('is each by itself for whoever wants it so, and for all where little time is left', async () => {
    const person = { personId: world.contractor.personIds[0]!, organisationId: world.contractor.id };
    await db.database.transaction(SYSTEM, (tx) =>
      keepMailWish(tx, person, { rhythm: 'at-once', quiet: null }),
    );
    await answer('full');
    expect(await mails()).toHaveLength(1);
    expect(await morning(FIRST)).toBe(0);
    await db.database.transaction(SYSTEM, (tx) => keepMailWish(tx, person, { rhythm: 'daily', quiet: null }));
    bench.now = new Date('2026-12-11T12:00:00Z');
    await answer('full', 1);
    expect((await mails()).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('a répondu'),
      expect.stringContaining('a répondu'),
    ]);
  });

  it('reaches back to all that was left to it, however late the morning is, and no further', async () => {
    const person = { personId: world.contractor.personIds[0]!, organisationId: world.contractor.id };
    const wish = (rhythm: 'daily' | 'at-once'): Promise<void> =>
      db.database.transaction(SYSTEM, (tx) => bench.wishes.keep(tx, person, { rhythm, quiet: null }));
    await answer('full');
    // Nothing ran for a day and a half: what came right after the morning before is told, too.
    await morning(new Date(NOW.getTime() + 36 * HOUR_MS));
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Vos marchés\u00a0: une réponse']);
    await wish('at-once');
    bench.now = new Date('2026-11-27T10:00:00Z');
    await answer('full', 1);
    await wish('daily');
    bench.now = new Date('2026-11-30T10:00:00Z');
    await ask();
    await morning(new Date('2026-12-01T06:30:00Z'));
    const subjects = (await mails()).map(({ subject }) => subject);
    expect(subjects.slice(1)).toEqual([
      expect.stringContaining('a répondu'),
      'Vos marchés\u00a0: une question ouverte',
    ]);
  });

  it('leaves by itself what waited for it when its reader wants no such mail any more', async () => {
    const person = { personId: world.contractor.personIds[0]!, organisationId: world.contractor.id };
    const actor = { role: 'contractor', ...person, requestId: 'test' } as const;
    await answer('full', 1, 1);
    await morning(FIRST);
    bench.now = new Date(FIRST.getTime() + HOUR_MS);
    await answer('full');
    await ask();
    await db.database.transaction(actor, (tx) =>
      bench.wishes.keep(tx, person, { rhythm: 'at-once', quiet: null }),
    );
    await bench.deliverDue();
    const [digest, ...apart] = (await mails()).map(({ subject }) => subject);
    expect(digest).toContain('Vos marchés');
    expect(apart.toSorted()).toEqual([
      expect.stringContaining('a répondu'),
      expect.stringMatching(/question/i),
    ]);
    expect(await morning(SECOND)).toBe(0);
  });

  it('does not leave when all of it is settled before', async () => {
    const id = await ask();
    bench.now = FIRST;
    const [due] = await db.database.transaction(SYSTEM, (tx) => boardsToTell(tx, FIRST));
    const eventId = await db.database.transaction(SYSTEM, (tx) =>
      emit(tx, {
        type: 'boards.morning',
        organisationId: world.contractor.id,
        subjectId: world.contractor.id,
        payload: { since: due!.since.toISOString(), until: FIRST.toISOString() },
        at: FIRST,
      }),
    );
    await bench.plan(eventId);
    await bench.query(
      `INSERT INTO answers.clarification (id, organisation_id, tender_id, package_id, question, text, said_by, said_at)
       VALUES ($1, $2, $3, $4, 'Y a-t-il un ascenseur ?', 'Non.', $5, $6)`,
      [id, world.contractor.id, world.tenderId, world.packageIds[0], world.contractor.personIds[0], FIRST],
    );
    await bench.deliverDue();
    expect(await mails()).toEqual([]);
    const [row] = await bench.query<{ state: string; reason: string }>(
      `SELECT state, reason FROM notifications.notification WHERE template = 'board-digest'`,
    );
    expect(row).toEqual({ state: 'cancelled', reason: 'nothing-to-tell' });
  });
});
