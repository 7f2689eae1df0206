import { setTimeout as sleep } from 'node:timers/promises';

const AFTER_A_FAULT_MS = 1_000;

/**
 * Takes a step again and again until told to stop. A step that fails (a database that is away for a while) is
 * said and taken again a second later.
 * @param step says how many milliseconds to pause
 */
export async function repeat(
  signal: AbortSignal,
  step: () => Promise<number>,
  warn: (cause: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    let pauseMs = AFTER_A_FAULT_MS;
    try {
      pauseMs = await step();
    } catch (error) {
      warn(error);
    }
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
