import { inbox } from '../../src/notifications/index.js';
import { dice } from '../../src/platform/fail-points/index.js';
import { Jobs } from '../../src/platform/queue/index.js';
import type { TestDatabase } from '../database.js';
import { Campaign, DEADLY } from './campaign.js';
import { WorkerProcess } from './fleet.js';
import { Stream, type Concerned } from './stream.js';
import { percentile, type Told } from './verdict.js';

/** The dice of the run, and how many workers die in it over both campaigns. */
export const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));
export const KILLS = Number(process.env['KILL_COUNT'] ?? 100);

const MINUTE = 60_000;
// Patience, and no check: the rest of the gate may run beside this.
export const AT_MOST_MS = 15 * MINUTE;
const FIRST_TENDERS = 6;
const TENDERS_PER_KILL = 2;
/** While workers are frozen nobody is killed, but there must be something to freeze on. */
const FREEZING_TENDER_MS = 500;

/** Points that exist only where a mail server is spoken to. */
const NEEDS_SERVER = new Set(['connect.before', 'connect.after', 'request.before-end', 'accept.after']);

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

export interface Outcome {
  readonly campaign: Campaign;
  readonly concerned: readonly Concerned[];
  readonly drained: boolean;
  readonly stoppedByThemselves: boolean;
}

/** Kills workers while tenders are published, lets healthy ones finish, and says what was seen. */
export async function runCampaign(
  name: string,
  db: TestDatabase,
  smtpUrl: string | null,
  kills: number,
): Promise<Outcome> {
  say(`${name}: seed ${SEED} (repeat with KILL_SEED=${SEED}), ${kills} kills`);
  const jobs = new Jobs(db.database, { databaseUrl: db.url, works: false, warn: () => undefined });
  const stream = new Stream(db, jobs, dice(SEED), smtpUrl === null ? 'outbox' : 'smtp');
  const points = DEADLY.filter((point) => smtpUrl !== null || !NEEDS_SERVER.has(point));
  const environment = { databaseUrl: db.url, smtpUrl };
  const campaign = new Campaign(db, environment, points, dice(SEED + 1));
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
  report(name, campaign, stream.concerned);
  return { campaign, concerned: stream.concerned, drained, stoppedByThemselves: stopped.every(Boolean) };
}

export const emailOf = ({ personId }: Concerned): string => `${personId}@mail.example`;

/** What each person finds in the application, read as that person. */
export async function readInboxes(db: TestDatabase, concerned: readonly Concerned[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const { personId, organisationId, role } of concerned) {
    const actor = { role, organisationId, personId, requestId: 'reader' };
    const items = await db.database.transaction(actor, (tx) => inbox(tx, personId));
    told.push(...items.map((item) => ({ key: personId, identity: item.id })));
  }
  return told;
}

function report(name: string, campaign: Campaign, concerned: readonly Concerned[]): void {
  const hits = [...campaign.hits].map(([what, count]) => `${what} x${count}`).join(', ');
  const seconds = (share: number): string => (percentile(campaign.recoveriesMs, share) / 1000).toFixed(1);
  say(
    `${name}: ${campaign.kills} kills, ${campaign.zombies} zombies, ${concerned.length} people concerned; ${hits}`,
  );
  say(
    `${name}: ${campaign.recoveriesMs.length} orphans at work again after p50 ${seconds(0.5)} s, p99 ${seconds(0.99)} s`,
  );
}
