import { outboxMails } from '../../src/platform/mail/index.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import { AT_MOST_MS, emailOf, KILLS, readInboxes, runCampaign, type Outcome } from './run-campaign.js';
import type { Concerned } from './stream.js';
import { percentile, verdict, type Told } from './verdict.js';

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

describe('workers killed while they fill the built-in outbox', () => {
  let db: TestDatabase;
  let outcome: Outcome;
  const kills = Math.floor(KILLS * 0.4);

  beforeAll(async () => {
    db = await cloneDatabase();
    outcome = await runCampaign('outbox', db, null, kills);
  }, AT_MOST_MS);
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
