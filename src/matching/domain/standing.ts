import { daysBetween, type Day } from '../../kernel/index.js';
import { NEUTRAL_MERIT } from './score.js';
import type { MeritWeights } from './weights.js';

/** What is known of an enterprise beside its own profile: what it did, and what it has already taken on. */
export interface Standing {
  /** 0 to 1. @see meritOf */
  readonly merit: number;
  /** Work it has taken on and not ended. */
  readonly engagements: readonly Engagement[];
}

/** A package that an enterprise has taken on. Null is "not stated". */
export interface Engagement {
  readonly packageId: string;
  readonly start: Day | null;
  readonly end: Day | null;
  readonly hours: number | null;
  /** The organisation it is done for; left out in what was kept before it was known. */
  readonly contractor?: string;
}

/** Nothing is known yet: in the middle, and free. */
export const NEWCOMER: Standing = { merit: NEUTRAL_MERIT, engagements: [] };

/** Facts of the past that the one number of an enterprise is made of. */
export interface TrackRecord {
  /** Jobs taken on that came to an end, and how many of them were done. */
  readonly ended: number;
  readonly done: number;
  /** Invitations whose answer day has passed, and how many were answered: a no is an answer. */
  readonly invited: number;
  readonly answered: number;
  /** Days on which it was invited lately. */
  readonly invitedOn: readonly Day[];
}

/**
 * Record, answer discipline and turn as one number, 0 to 1. A newcomer has the whole of its turn and stands in
 * the middle for the rest; nothing here can weigh more than the weights say, so that a turn never puts an
 * enterprise before one that fits much better.
 */
export function meritOf(record: TrackRecord, weights: MeritWeights, on: Day): number {
  const share = (good: number, all: number, prior: number): number => (good + prior / 2) / (all + prior);
  const recent = record.invitedOn.filter(
    (day) => day <= on && daysBetween(day, on) < weights.rotationDays,
  ).length;
  const merit =
    weights.record * share(record.done, record.ended, weights.priorJobs) +
    weights.answers * share(record.answered, record.invited, weights.priorInvitations) +
    weights.rotation * (weights.halfInvitations / (weights.halfInvitations + recent));
  return Math.round(merit * 10_000) / 10_000;
}
