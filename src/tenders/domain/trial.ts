import { Refusal } from '../../kernel/index.js';

const MIB = 1024 * 1024;

/** What visitors without an account may bring. Who has one waits for none of it. */
export const TRIAL_LIMITS = Object.freeze({
  /** Documents from one network in one hour: a class of people behind one address can all try. */
  perHour: 20,
  /** Documents that wait to be read: more than one network may bring. */
  waiting: 40,
  /** Of all documents that are kept for visitors at one time. */
  bytes: 400 * MIB,
  /** Of those, the documents from one network: nobody alone takes the room of all the others. */
  networkBytes: 100 * MIB,
  /** A document and what was read of it are there for so long. */
  hours: 24,
});

/** What is there when a visitor brings a document. */
export interface TrialsNow {
  /** When documents came from the same network within the last hour, the oldest first. */
  readonly lately: readonly Date[];
  readonly waiting: number;
  readonly bytes: number;
  /** Kept from the same network, and since when: the oldest of them leaves first. */
  readonly networkBytes: number;
  readonly networkSince: Date | null;
}

const HOUR_MS = 3_600_000;

/** A moment before which nothing of a trial is left. */
export function trialsSince(now: Date): Date {
  return new Date(now.getTime() - TRIAL_LIMITS.hours * HOUR_MS);
}

export function trialEndsAt(madeAt: Date): Date {
  return new Date(madeAt.getTime() + TRIAL_LIMITS.hours * HOUR_MS);
}

/** @throws Refusal `trials-too-many` (of one network), `trials-full` (of everybody), with `retryAfter` in seconds */
export function requireRoomForTrial(there: TrialsNow, size: number, now: Date): void {
  const { lately, waiting, bytes, networkBytes, networkSince } = there;
  const inAnHour = lately[lately.length - TRIAL_LIMITS.perHour];
  if (inAnHour) throw tooMany(new Date(inAnHour.getTime() + HOUR_MS), now);
  if (networkSince && networkBytes + size > TRIAL_LIMITS.networkBytes)
    throw tooMany(trialEndsAt(networkSince), now);
  if (waiting >= TRIAL_LIMITS.waiting || bytes + size > TRIAL_LIMITS.bytes) throw new Refusal('trials-full');
}

function tooMany(until: Date, now: Date): Refusal {
  const retryAfter = Math.ceil((until.getTime() - now.getTime()) / 1000);
  return new Refusal('trials-too-many', { retryAfter, count: Math.ceil(retryAfter / 60) });
}
