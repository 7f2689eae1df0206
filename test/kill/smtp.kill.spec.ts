import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rows } from '../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../database.js';
import { startSink } from './fleet.js';
import { AT_MOST_MS, emailOf, KILLS, readInboxes, runCampaign, say, type Outcome } from './run-campaign.js';
import { percentile, verdict, type Told } from './verdict.js';

const mailKey = (email: string, requestId: string): string => `${email} ${requestId}`;

describe('workers killed while they hand mails to a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maillon-kill-'));
  const journal = join(folder, 'smtp.jsonl');
  let db: TestDatabase;
  let outcome: Outcome;
  let mails: Told[];
  let inDoubt: number;
  const kills = Math.ceil(KILLS * 0.6);

  beforeAll(async () => {
    writeFileSync(journal, '');
    db = await cloneDatabase();
    const sink = await startSink('smtp-journal.mjs', journal);
    outcome = await runCampaign('smtp', db, `smtp://127.0.0.1:${sink.line}`, kills);
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
    say(`smtp: ${mails.length} mails taken, ${inDoubt} in doubt`);
  }, AT_MOST_MS);
  afterAll(async () => {
    await db.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const mailVerdict = (): ReturnType<typeof verdict> =>
    verdict(new Set(outcome.concerned.map((c) => mailKey(emailOf(c), c.requestId))), mails);

  it('were killed as often as asked, at named points and at random', () => {
    expect(outcome.campaign.kills).toBeGreaterThanOrEqual(kills);
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
