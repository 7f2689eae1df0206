import pg from 'pg';
import {
  inbox,
  markRead,
  quarantineAll,
  release,
  replay,
  unreadCount,
} from '../../../src/notifications/index.js';
import { stopToken } from '../../../src/notifications/stop-token.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { Bench, PUBLIC_URL, SECRET } from './bench.js';
import { publishedTender, type World } from './world.js';

describe('delivery into the built-in outbox', () => {
  let db: TestDatabase;
  let bench: Bench;
  let world: World;
  beforeEach(async () => {
    db = await cloneDatabase();
    bench = new Bench(db);
    world = await publishedTender(db, { packages: 2 });
    await bench.plan(world.publishedEventId);
  });
  afterEach(() => db.drop());

  const person = (): string => world.enterprises[0]!.personIds[0]!;
  const mails = (): Promise<
    { recipient: string; subject: string; source: string; body: string; headers: Record<string, string> }[]
  > =>
    bench.query(
      `SELECT recipient, subject, source, body, headers FROM platform.outbox_mail ORDER BY subject`,
    );
  const system = <T>(work: Parameters<typeof db.database.transaction<T>>[1]): Promise<T> =>
    db.database.transaction(SYSTEM, work);

  it('writes each mail once, with its headers, and puts the news in the inbox', async () => {
    await bench.deliverDue();
    await bench.deliverDue();
    expect(await bench.states('mail')).toEqual(['handed', 'handed']);
    expect(await bench.states('in-app')).toEqual(['delivered', 'delivered']);
    const [offer, receipt] = await mails();
    expect(offer!.subject).toBe(
      '2 travaux pour vous à Seraing\u00a0: répondre avant le 12 décembre 2026 à 12:00',
    );
    expect(receipt!.subject).toBe('Publié\u00a0: Rénovation de la halle des forges');
    const unsubscribe = `<${PUBLIC_URL}/mail/stop/${stopToken({ personId: person(), list: 'offers' }, SECRET)}>`;
    expect(offer!.headers).toMatchObject({
      'Auto-Submitted': 'auto-generated',
      'List-Unsubscribe': unsubscribe,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-ID': '<offers.maillon.example.org>',
      'X-Maillon-Request-ID': 'req-publish',
    });
    expect(offer!.source).toContain(`\r\nList-Unsubscribe: ${unsubscribe}\r\n`);
    expect(offer!.body).toContain('Peinture des murs, niveau 2');
    expect(offer!.body).toContain('À 4 km, dans son rayon de 40 km.');
    expect(offer!.body).toContain('Engagement social volontaire');
  });

  it('tells a withdrawn tender to nobody, even what was claimed before', async () => {
    const claims = await bench.claim();
    await bench.query(`UPDATE tenders.tender SET status = 'withdrawn', withdrawn_at = now() WHERE id = $1`, [
      world.tenderId,
    ]);
    for (const claim of claims) await bench.deliver(claim);
    expect(new Set(await bench.states())).toEqual(new Set(['cancelled']));
    expect(await mails()).toEqual([]);
  });

  it('tells nothing to a person whose account was closed in the meantime', async () => {
    await bench.query(`UPDATE accounts.person SET disabled_at = now() WHERE id = $1`, [person()]);
    await bench.deliverDue();
    expect((await mails()).map((mail) => mail.subject)).toEqual([
      'Publié\u00a0: Rénovation de la halle des forges',
    ]);
  });

  it('drops a package that no longer matches, and the mail when none is left', async () => {
    await bench.query(
      `UPDATE matching.match SET recorded = tstzrange(lower(recorded), now()) WHERE package_id = $1`,
      [world.packageIds[0]],
    );
    const [mail] = (await bench.claim()).filter(
      (c) => c.channel === 'mail' && c.template === 'tender-published',
    );
    await bench.deliver(mail!);
    const [offer] = await mails();
    expect(offer!.body).not.toContain('niveau 1');
    expect(offer!.body).toContain('niveau 2');
  });

  it('is stopped by one click: no mail, the news stays in the application', async () => {
    const token = stopToken({ personId: person(), list: 'offers' }, SECRET);
    expect(await system((tx) => bench.service.unsubscribe(tx, token))).toBe('offers');
    expect(await system((tx) => bench.service.unsubscribe(tx, token))).toBe('offers');
    expect(await system((tx) => bench.service.unsubscribe(tx, `B${token.slice(1)}`))).toBeNull();
    await bench.deliverDue();
    expect((await mails()).map((mail) => mail.subject)).toEqual([
      'Publié\u00a0: Rénovation de la halle des forges',
    ]);
    expect(await system((tx) => unreadCount(tx, person()))).toBe(1);
  });

  it('is read in the inbox by its recipient alone', async () => {
    await bench.deliverDue();
    const recipient = {
      role: 'enterprise' as const,
      organisationId: world.enterprises[0]!.id,
      personId: person(),
      requestId: 't',
    };
    const stranger = { ...recipient, organisationId: world.contractor.id };
    const [item] = await db.database.transaction(recipient, (tx) => inbox(tx, person()));
    expect(item).toMatchObject({
      template: 'tender-published',
      params: { contractor: 'Bâtiments Sclessin', tender: 'Rénovation de la halle des forges', count: 2 },
      readAt: null,
      path: '/enterprise/opportunities',
    });
    expect(
      await db.database.transaction(stranger, (tx) => markRead(tx, person(), [item!.id], bench.now)),
    ).toBe(0);
    expect(
      await db.database.transaction(recipient, (tx) => markRead(tx, person(), [item!.id], bench.now)),
    ).toBe(1);
    expect(await db.database.transaction(recipient, (tx) => unreadCount(tx, person()))).toBe(0);
  });

  it('of a dead worker is free when the lease has run out; the old fence then changes nothing', async () => {
    const [dead] = await bench.claim(1);
    await bench.endLeases();
    expect(await bench.claim(0)).toEqual([]);
    expect(await bench.sweep()).toBeGreaterThan(0);
    await bench.deliver(dead!);
    expect(await mails()).toEqual([]);
    await bench.deliverDue();
    await bench.deliver(dead!);
    expect(await mails()).toHaveLength(2);
    expect(await bench.outcomes(dead!.id)).toEqual(['lease-expired', 'delivered']);
  });

  it('after a restore waits until an operator releases it', async () => {
    expect(await system((tx) => quarantineAll(tx, bench.now))).toBe(4);
    await bench.deliverDue();
    expect(await mails()).toEqual([]);
    expect(await system((tx) => release(tx, null, bench.now))).toBe(4);
    await bench.deliverDue();
    expect(await mails()).toHaveLength(2);
  });

  it('is replayed under the same Message-ID when an operator asks', async () => {
    await bench.query(`UPDATE accounts.person SET disabled_at = now() WHERE id = $1`, [person()]);
    await bench.deliverDue();
    await bench.query(`UPDATE accounts.person SET disabled_at = NULL WHERE id = $1`, [person()]);
    const ended = await bench.query<{ id: string; messageId: string }>(
      `SELECT id, message_id AS "messageId" FROM notifications.notification WHERE state = 'cancelled' AND channel = 'mail'`,
    );
    expect(
      await system((tx) =>
        replay(
          tx,
          ended.map((row) => row.id),
          { evenHanded: false, now: bench.now },
        ),
      ),
    ).toBe(1);
    await bench.deliverDue();
    expect((await mails())[0]!.headers['Message-ID']).toBe(ended[0]!.messageId);
  });

  it('is missing nobody that a published tender concerns: the reconciler finds and plans them', async () => {
    expect(await system((tx) => bench.service.reconcile(tx))).toEqual([]);
    const lost = person();
    const owner = new pg.Client({ connectionString: db.url, options: '-c maillon.role=system' });
    await owner.connect();
    await owner.query(`DELETE FROM notifications.notification WHERE recipient_id = $1`, [lost]);
    await owner.end();
    bench.now = new Date(bench.now.getTime() + 11 * 60_000);
    const found = await system((tx) => bench.service.reconcile(tx));
    expect(found.map(({ kind, recipientId, channel }) => ({ kind, recipientId, channel }))).toEqual([
      { kind: 'missing', recipientId: lost, channel: 'in-app' },
      { kind: 'missing', recipientId: lost, channel: 'mail' },
    ]);
    expect(await system((tx) => bench.service.reconcile(tx))).toEqual([]);
  });
});
