import { addDays, dayInBrussels, instantInBrussels, type Day } from '../../kernel/index.js';

/** How often somebody wants mails about work that fits: each by itself, or together. */
export const RHYTHMS = ['at-once', 'daily', 'weekly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** No mail leaves from one time of the day until another, on a Brussels clock: `HH:MM`, across midnight when `until` comes first. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
}

/** When mails that were collected leave, on a Brussels clock. */
export const DIGEST_AT = '07:30';
const MONDAY = 1;
const WEEK_DAYS = 7;
/** Whoever reads of work less than a day before it closes cannot answer it well. */
export const TIME_TO_ANSWER_MS = 86_400_000;

function weekDay(day: Day): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay();
}

/** The first moment after `now` at which what was collected leaves: every morning, or on Monday. */
export function nextDigest(rhythm: Exclude<Rhythm, 'at-once'>, now: Date): Date {
  const today = dayInBrussels(now);
  const days = Array.from({ length: WEEK_DAYS + 1 }, (_, ahead) => addDays(today, ahead));
  const moments = days
    .filter((day) => rhythm === 'daily' || weekDay(day) === MONDAY)
    .map((day) => instantInBrussels(day, DIGEST_AT));
  return moments.find((moment) => moment > now)!;
}

export type WhenTold =
  | { readonly how: 'at-once' }
  | { readonly how: 'together'; readonly at: Date }
  /** Too late to wait, and the week is full: the list and the news say it. */
  | { readonly how: 'on-list' };

/**
 * When an offer is written about. What is more than the enterprise wants in a week waits for Monday. An offer never waits
 * for a mail that would leave its reader less than a day to answer.
 */
export function whenTold(
  rhythm: Rhythm,
  offer: { readonly now: Date; readonly deadline: Date | null; readonly weekIsFull: boolean },
): WhenTold {
  const { now, deadline, weekIsFull } = offer;
  if (rhythm === 'at-once' && !weekIsFull) return { how: 'at-once' };
  const at = nextDigest(collectedBy(rhythm), now);
  if (deadline === null || deadline.getTime() - at.getTime() >= TIME_TO_ANSWER_MS)
    return { how: 'together', at };
  return { how: weekIsFull ? 'on-list' : 'at-once' };
}

/** How those are collected who asked for each by itself: what is more than they want in a week waits for Monday. */
function collectedBy(rhythm: Rhythm): Exclude<Rhythm, 'at-once'> {
  return rhythm === 'at-once' ? 'weekly' : rhythm;
}

/**
 * Which offers of a mail with several are told in full, in their order: the first `most`, and in the place of the last of
 * them those that the next mail would be too late for.
 */
export function toldInFull<Offer extends { readonly deadline: Date }>(
  offers: readonly Offer[],
  { rhythm, now, most }: { rhythm: Rhythm; now: Date; most: number },
): Offer[] {
  const late = nextDigest(collectedBy(rhythm), now).getTime() + TIME_TO_ANSWER_MS;
  const isUrgent = ({ deadline }: Offer): boolean => deadline.getTime() < late;
  const chosen = new Set(
    [...offers.filter(isUrgent), ...offers.filter((one) => !isUrgent(one))].slice(0, most),
  );
  return offers.filter((one) => chosen.has(one));
}

/**
 * Until when a mail waits that is about to leave in quiet hours; null: it may leave. What must be answered before they end
 * does not wait.
 */
export function quietUntil(quiet: QuietHours | null, now: Date, answerBy: Date | null): Date | null {
  if (quiet === null) return null;
  const today = dayInBrussels(now);
  const nights = quiet.until <= quiet.from ? 1 : 0;
  for (const day of [addDays(today, -1), today]) {
    const [from, until] = [
      instantInBrussels(day, quiet.from),
      instantInBrussels(addDays(day, nights), quiet.until),
    ];
    const isUrgent = answerBy !== null && now < answerBy && answerBy <= until;
    if (from <= now && now < until) return isUrgent ? null : until;
  }
  return null;
}
