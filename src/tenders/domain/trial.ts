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
  /** A document and what was read of it are there for so long. */
  hours: 24,
});

/** What is there when a visitor brings a document. */
export interface TrialsNow {
  /** When documents came from the same network within the last hour, the oldest first. */
  readonly lately: readonly Date[];
  readonly waiting: number;
  readonly bytes: number;
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
export function requireRoomForTrial({ lately, waiting, bytes }: TrialsNow, size: number, now: Date): void {
  const { perHour, waiting: mostWaiting, bytes: mostBytes } = TRIAL_LIMITS;
  const leaves = lately[lately.length - perHour];
  if (leaves !== undefined) {
    const retryAfter = Math.ceil((leaves.getTime() + HOUR_MS - now.getTime()) / 1000);
    throw new Refusal('trials-too-many', { retryAfter, count: Math.ceil(retryAfter / 60) });
  }
  if (waiting >= mostWaiting || bytes + size > mostBytes) throw new Refusal('trials-full');
}
