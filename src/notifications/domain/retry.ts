const FIRST_MS = 10_000;
const LONGEST_MS = 6 * 3_600_000;
const GIVE_UP_AFTER_MS = 72 * 3_600_000;

/**
 * When to try again: 10 s, doubled each time up to six hours, of which the last half is left to chance so that a
 * server that comes back is not met by everybody at once.
 * @param tries how many there were, from 1
 * @param chance in [0, 1)
 * @returns null when three days have passed since the notification was planned: it has failed
 */
export function nextTry(tries: number, plannedAt: Date, now: Date, chance: number): Date | null {
  if (now.getTime() - plannedAt.getTime() >= GIVE_UP_AFTER_MS) return null;
  const pause = Math.min(FIRST_MS * 2 ** Math.max(0, tries - 1), LONGEST_MS);
  return new Date(now.getTime() + pause / 2 + (pause / 2) * chance);
}
