import { SmtpGateway } from '../../../src/platform/mail/index.js';
import { cloneDatabase, type TestDatabase } from '../../database.js';
import { smtpError, startSmtpSink, type SmtpSink } from '../../smtp-sink.js';
import { Bench } from './bench.js';
import { publishedTender } from './world.js';

const headerOf = (source: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\\r?$`, 'im').exec(source)?.[1];

describe('delivery to a mail server', () => {
  let db: TestDatabase;
  let sink: SmtpSink;
  let gateway: SmtpGateway;
  let bench: Bench;
  beforeEach(async () => {
    [db, sink] = await Promise.all([cloneDatabase(), startSmtpSink()]);
    gateway = new SmtpGateway(sink.url, 'Maillon <maillon@example.org>');
    bench = new Bench(db, gateway);
    const world = await publishedTender(db);
    await bench.plan(world.publishedEventId);
    // One mail is enough to look at.
    await bench.query(
      `UPDATE notifications.notification SET state = 'cancelled', finished_at = now() WHERE template = 'tender-receipt' OR channel = 'in-app'`,
    );
  });
  afterEach(async () => {
    gateway.close();
    await Promise.all([db.drop(), sink.stop()]);
  });

  const row = async (): Promise<{
    id: string;
    state: string;
    reason: string | null;
    inDoubt: number;
    messageId: string;
    requestId: string;
    wait: number;
  }> =>
    (
      await bench.query<never>(
        `SELECT id, state, reason, in_doubt_count AS "inDoubt", message_id AS "messageId", request_id AS "requestId",
                extract(epoch FROM next_attempt_at - $1::timestamptz)::float AS wait
           FROM notifications.notification WHERE template = 'tender-published' AND channel = 'mail'`,
        [bench.now],
      )
    )[0]!;
  const later = (ms: number): void => {
    bench.now = new Date(bench.now.getTime() + ms);
  };

  it('hands it over once, and the headers arrive as they were written', async () => {
    await bench.deliverDue();
    await bench.deliverDue();
    const { id, state, messageId, requestId } = await row();
    expect(state).toBe('handed');
    expect(await bench.outcomes(id)).toEqual(['handing', 'handed']);
    expect(sink.received).toHaveLength(1);
    const { source } = sink.received[0]!;
    expect(headerOf(source, 'Message-ID')).toBe(messageId);
    expect(headerOf(source, 'X-Maillon-Request-Id')).toBe(requestId);
    expect(headerOf(source, 'List-Unsubscribe')).toMatch(
      /^<https:\/\/maillon\.example\.org\/mail\/stop\/[\w-]{44}>$/,
    );
    expect(headerOf(source, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  });

  it('tries again later when the server says not now', async () => {
    sink.misbehave = { recipient: smtpError(451, 'greylisted') };
    await bench.deliverDue();
    expect(await row()).toMatchObject({ state: 'pending', reason: 'deferred' });
    expect((await row()).wait).toBeGreaterThanOrEqual(5);
    expect(await bench.claim()).toEqual([]);
    sink.misbehave = {};
    later(10_000);
    await bench.deliverDue();
    expect((await row()).state).toBe('handed');
  });

  it('fails for good when the server knows no such address, and never writes there again', async () => {
    sink.misbehave = { recipient: smtpError(550, '5.1.1 no such user') };
    await bench.deliverDue();
    expect(await row()).toMatchObject({ state: 'failed', reason: 'rejected' });
    sink.misbehave = {};
    const world = await publishedTender(db, { enterprises: 0 });
    expect(world.enterprises).toEqual([]);
    const [refused] = await bench.query<{ email: string; detail: string }>(
      `SELECT email, detail FROM notifications.refused_address WHERE lifted_at IS NULL`,
    );
    expect(refused!.detail).toContain('no such user');
    await bench.query(
      `UPDATE notifications.notification SET state = 'pending', finished_at = NULL WHERE channel = 'mail' AND template = 'tender-published'`,
    );
    await bench.deliverDue();
    expect(await row()).toMatchObject({ state: 'suppressed', reason: 'address-refused' });
    expect(sink.received).toEqual([]);
  });

  it('keeps trying a full mailbox, and blames no recipient for a server that refuses our sender', async () => {
    sink.misbehave = { recipient: smtpError(552, '5.2.2 mailbox full') };
    await bench.deliverDue();
    expect(await row()).toMatchObject({ state: 'pending', reason: 'deferred' });
    later(3_600_000);
    sink.misbehave = { sender: smtpError(550, 'sender not allowed') };
    const [claim] = await bench.claim();
    expect(await bench.deliver(claim!)).toBe('unreachable');
    expect(await row()).toMatchObject({ state: 'pending', reason: 'unreachable' });
    expect(await bench.query(`SELECT FROM notifications.refused_address`)).toEqual([]);
  });

  it('gives up after three days, visibly', async () => {
    await sink.stop();
    later(72 * 3_600_000);
    await bench.deliverDue();
    expect(await row()).toMatchObject({ state: 'failed', reason: 'given-up' });
    sink = await startSmtpSink();
  });

  it('is in doubt when the line breaks after the message, counted, and tried again under the same Message-ID', async () => {
    sink.misbehave = { message: 'taken-but-silent' };
    await bench.deliverDue();
    expect(await row()).toMatchObject({ state: 'in_doubt', inDoubt: 1 });
    sink.misbehave = {};
    later(10_000);
    await bench.deliverDue();
    const { state, messageId } = await row();
    expect(state).toBe('handed');
    expect(sink.received.map(({ source }) => headerOf(source, 'Message-ID'))).toEqual([messageId, messageId]);
    expect(sink.received[0]!.source).toBe(sink.received[1]!.source);
  });

  it('of a worker that died while handing over is in doubt after its lease', async () => {
    const [claim] = await bench.claim();
    await bench.deliver(claim!, () => false);
    await bench.endLeases();
    expect(await bench.sweep()).toBe(1);
    expect(await row()).toMatchObject({ state: 'in_doubt', inDoubt: 1 });
    expect(sink.received).toEqual([]);
  });

  it('of a worker that was frozen beyond its lease changes nothing any more', async () => {
    const [frozen] = await bench.claim();
    sink.misbehave = { recipient: smtpError(550, 'late') };
    const meanwhile = async (): Promise<void> => {
      await bench.endLeases();
      await bench.sweep();
      sink.misbehave = {};
      await bench.deliverDue();
      sink.misbehave = { recipient: smtpError(550, 'late') };
    };
    const send = gateway.send.bind(gateway);
    gateway.send = async (mail) => {
      gateway.send = send;
      await meanwhile();
      return send(mail);
    };
    await bench.deliver(frozen!);
    expect(await row()).toMatchObject({ state: 'handed', inDoubt: 1 });
    expect(await bench.outcomes(frozen!.id)).toContain('rejected');
  });
});
