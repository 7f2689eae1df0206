/** Tries are counted over this long. */
export const WINDOW_MS = 30 * 60_000;

/** How tries from one source slow down: `free` at once, then twice as long each time, up to a ceiling. */
export interface Slowing {
  readonly free: number;
  readonly ceilingMs: number;
}

/** Of one account: nobody is locked out, and guessing stays at sixty an hour. */
export const FOR_ADDRESS: Slowing = { free: 5, ceilingMs: 60_000 };
/** Of one network, where many people may sit. */
export const FOR_NETWORK: Slowing = { free: 30, ceilingMs: 60_000 };

/**
 * Time to wait before the next try.
 * @param tries within the window, the successful one that ends them excluded
 * @param lastTry the latest of them, null when there is none
 * @returns milliseconds, 0 when one may try now
 */
export function waitMs(tries: number, lastTry: Date | null, now: Date, { free, ceilingMs }: Slowing): number {
  if (lastTry === null || tries < free) return 0;
  const pause = Math.min(ceilingMs, 1000 * 2 ** (tries - free));
  return Math.max(0, lastTry.getTime() + pause - now.getTime());
}
