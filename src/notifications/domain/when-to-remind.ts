import { addDays, instantInBrussels, type Day } from '../../kernel/index.js';
import { DIGEST_AT, TIME_TO_ANSWER_MS } from './when-to-send.js';

/** So many days before its deadline somebody who looked at an offer and did not answer is reminded. */
export const REMIND_DAYS = 3;
/** So many days before the end of an approval its holder is told, the first time first. */
export const EXPIRY_DAYS = [90, 30, 7] as const;

/** When the mails of a day about what comes leave. */
export function morningOf(day: Day): Date {
  return instantInBrussels(day, DIGEST_AT);
}

/**
 * Deadlines to remind of on a day: those up to the end of the third day that leave their readers time to answer. One that
 * was missed on its day is caught up with on the next.
 */
export function deadlinesToRemindOf(day: Day, now: Date): { readonly from: Date; readonly until: Date } {
  return {
    from: new Date(now.getTime() + TIME_TO_ANSWER_MS),
    until: instantInBrussels(addDays(day, REMIND_DAYS + 1), '00:00'),
  };
}

/** Days on which an approval ends, with how long before it its holder is told: one telling each, the most urgent first. */
export interface ExpiryTelling {
  readonly daysBefore: number;
  readonly from: Day;
  readonly until: Day;
}

export function expiryTellings(day: Day): readonly ExpiryTelling[] {
  return EXPIRY_DAYS.toReversed().map((daysBefore, at, all) => {
    const sooner = all[at - 1];
    return {
      daysBefore,
      from: sooner === undefined ? day : addDays(day, sooner + 1),
      until: addDays(day, daysBefore),
    };
  });
}
