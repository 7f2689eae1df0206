import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inbox } from '../../src/notifications/index.js';
import { rows } from '../../src/platform/db/index.js';
import { dice } from '../../src/platform/fail-points/index.js';
import { outboxMails } from '../../src/platform/mail/index.js';
import { Jobs } from '../../src/platform/queue/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../database.js';
import { Campaign, DEADLY } from './campaign.js';
import { startSink, WorkerProcess } from './fleet.js';
import { Stream, type Concerned } from './stream.js';
import { percentile, verdict, type Told } from './verdict.js';

const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));
const KILLS = Number(process.env['KILL_COUNT'] ?? 100);
const MINUTE = 60_000;
const FIRST_TENDERS = 6;
const TENDERS_PER_KILL = 2;
/** While workers are frozen nobody is killed, but there must be something to freeze on. */
const FREEZING_TENDER_MS = 500;
const AT_MOST = 10 * MINUTE;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Points that exist only where a mail server is spoken to. */
const NEEDS_SERVER = new Set(['connect.before', 'connect.after', 'request.before-end', 'accept.after']);

interface Outcome {
  readonly campaign: Campaign;
  readonly concerned: readonly Concerned[];
  readonly drained: boolean;
  readonly stoppedByThemselves: boolean;
}

async function runCampaign(
  db: TestDatabase,
  smtpUrl: string | null,
  kills: number,
  seed: number,
): Promise<Outcome> {
  const jobs = new Jobs(db.database, { databaseUrl: db.url, works: false, warn: () => undefined });
  const stream = new Stream(db, jobs, dice(seed), smtpUrl === null ? 'outbox' : 'smtp');
  const points = DEADLY.filter((point) => smtpUrl !== null || !NEEDS_SERVER.has(point));
  const environment = { databaseUrl: db.url, smtpUrl };
  const campaign = new Campaign(db, environment, points, dice(seed + 1));
  let freezingSince = Infinity;
  const sinceFreezing = (): number => Math.max(0, performance.now() - freezingSince);
  stream.start(
    () => FIRST_TENDERS + TENDERS_PER_KILL * campaign.kills + sinceFreezing() / FREEZING_TENDER_MS,
  );
  await campaign.kill(kills);
  const healthy = [1, 2, 3].map(() => new WorkerProcess(environment, []));
  freezingSince = performance.now();
  if (smtpUrl !== null) await campaign.freeze();
  await stream.stop();
  const drained = await campaign.drain(5 * MINUTE);
  await campaign.end();
  const stopped = await Promise.all(healthy.map((worker) => worker.stop()));
  await jobs.stop();
  return { campaign, concerned: stream.concerned, drained, stoppedByThemselves: stopped.every(Boolean) };
}

const mailKey = (email: string, requestId: string): string => `${email} ${requestId}`;
const emailOf = ({ personId }: Concerned): string => `${personId}@mail.example`;

/** What each person finds in the application, read as that person. */
async function readInboxes(db: TestDatabase, concerned: readonly Concerned[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const { personId, organisationId, role } of concerned) {
    const actor = { role, organisationId, personId, requestId: 'reader' };
    const items = await db.database.transaction(actor, (tx) => inbox(tx, personId));
    told.push(...items.map((item) => ({ key: personId, identity: item.id })));
  }
  return told;
}

/** What the built-in outbox shows each organisation. */
async function readOutboxes(db: TestDatabase, concerned: readonly Concerned[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const organisationId of new Set(concerned.map((c) => c.organisationId))) {
    const actor = { role: 'enterprise' as const, organisationId, personId: null, requestId: 'reader' };
    const mails = await db.database.transaction(actor, (tx) => outboxMails(tx, { limit: 100, offset: 0 }));
    told.push(...mails.map((mail) => ({ key: mail.recipient, identity: mail.id })));
  }
  return told;
}

function report(name: string, { campaign, concerned }: Outcome): void {
  const hits = [...campaign.hits].map(([what, count]) => `${what} x${count}`).join(', ');
  const seconds = (share: number): string => (percentile(campaign.recoveriesMs, share) / 1000).toFixed(1);
  say(
    `${name}: ${campaign.kills} kills, ${campaign.zombies} zombies, ${concerned.length} people concerned; ${hits}`,
  );
  say(
    `${name}: ${campaign.recoveriesMs.length} orphans at work again after p50 ${seconds(0.5)} s, p99 ${seconds(0.99)} s`,
  );
}

say(`seed ${SEED} (repeat with KILL_SEED=${SEED}), ${KILLS} kills`);

describe('workers killed while they hand mails to a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maillon-kill-'));
  const journal = join(folder, 'smtp.jsonl');
  let db: TestDatabase;
  let outcome: Outcome;
  let mails: Told[];
  let inDoubt: number;

  beforeAll(async () => {
    writeFileSync(journal, '');
    db = await cloneDatabase();
    const sink = await startSink('smtp-journal.mjs', journal);
    outcome = await runCampaign(db, `smtp://127.0.0.1:${sink.line}`, Math.ceil(KILLS * 0.6), SEED);
    sink.stop();
    mails = readFileSync(journal, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { to: string; messageId: string; requestId: string })
      .map(({ to, messageId, requestId }) => ({ key: mailKey(to, requestId), identity: messageId }));
    const [doubts] = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ count: number }>(
        tx,
        `SELECT coalesce(sum(in_doubt_count), 0)::int AS count FROM notifications.notification`,
      ),
    );
    inDoubt = doubts!.count;
    report('smtp', outcome);
    say(`smtp: ${mails.length} mails taken, ${inDoubt} in doubt`);
  }, AT_MOST);
  afterAll(async () => {
    await db.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const mailVerdict = (): ReturnType<typeof verdict> =>
    verdict(new Set(outcome.concerned.map((c) => mailKey(emailOf(c), c.requestId))), mails);

  it('were killed as often as asked, at named points and at random', () => {
    expect(outcome.campaign.kills).toBeGreaterThanOrEqual(Math.ceil(KILLS * 0.6));
    expect([...outcome.campaign.hits.keys()].filter((hit) => hit.endsWith('crash')).length).toBeGreaterThan(
      5,
    );
  });

  it('lose no mail, and send none that nobody asked for', () => {
    expect(outcome.drained).toBe(true);
    expect(mailVerdict()).toMatchObject({ lost: [], unexpected: [] });
  });

  it('send a second copy only of what they marked as in doubt, under the same Message-ID', () => {
    const { copies, changedIdentity } = mailVerdict();
    say(`smtp: ${copies.length} second copies`);
    expect(copies.length).toBeLessThanOrEqual(inDoubt);
    expect(changedIdentity).toEqual([]);
  });

  it('lose and repeat nothing in the application', async () => {
    const told = await readInboxes(db, outcome.concerned);
    const expected = new Set(outcome.concerned.map((c) => c.personId));
    expect(verdict(expected, told)).toEqual({ lost: [], unexpected: [], copies: [], changedIdentity: [] });
  });

  it('leave work that others take up within 30 seconds', () => {
    expect(outcome.campaign.recoveriesMs.length).toBeGreaterThan(0);
    expect(percentile(outcome.campaign.recoveriesMs, 0.99)).toBeLessThanOrEqual(30_000);
  });

  it('frozen beyond their lease came back, and healthy ones stopped by themselves', () => {
    expect(outcome.campaign.zombies).toBeGreaterThan(0);
    expect(outcome.stoppedByThemselves).toBe(true);
  });
});

describe('workers killed while they fill the built-in outbox', () => {
  let db: TestDatabase;
  let outcome: Outcome;
  const kills = Math.floor(KILLS * 0.4);

  beforeAll(async () => {
    db = await cloneDatabase();
    outcome = await runCampaign(db, null, kills, SEED + 7);
    report('outbox', outcome);
  }, AT_MOST);
  afterAll(() => db.drop());

  it('lose and repeat nothing, by mail or in the application', async () => {
    expect(outcome.campaign.kills).toBeGreaterThanOrEqual(kills);
    expect(outcome.drained).toBe(true);
    const nothing = { lost: [], unexpected: [], copies: [], changedIdentity: [] };
    const mailed = await readOutboxes(db, outcome.concerned);
    expect(verdict(new Set(outcome.concerned.map(emailOf)), mailed)).toEqual(nothing);
    const told = await readInboxes(db, outcome.concerned);
    expect(verdict(new Set(outcome.concerned.map((c) => c.personId)), told)).toEqual(nothing);
  });

  it('leave work that others take up within 30 seconds', () => {
    expect(percentile(outcome.campaign.recoveriesMs, 0.99)).toBeLessThanOrEqual(30_000);
  });
});
