import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What is to be put away, the last begun first. */
const left: (() => Promise<unknown>)[] = [];
let isEnding = false;

/** Does a piece of work and puts away after it, also when the process is told to end in the middle of it. */
export async function tidied<T>(work: () => Promise<T>, putAway: () => Promise<unknown>): Promise<T> {
  let done: Promise<unknown> | undefined;
  const once = (): Promise<unknown> => (done ??= putAway());
  if (left.length === 0) for (const signal of SIGNALS) process.on(signal, end);
  left.unshift(once);
  try {
    return await work();
  } catch (error) {
    // It failed because what it stood on was taken away.
    if (isEnding) return await new Promise<never>(() => undefined);
    throw error;
  } finally {
    await once();
    left.splice(left.indexOf(once), 1);
    if (left.length === 0) for (const signal of SIGNALS) process.off(signal, end);
  }
}

/** @returns never: the process ends as others do that are ended by the signal */
async function end(signal: NodeJS.Signals): Promise<void> {
  isEnding = true;
  for (const putAway of left.slice()) await putAway().catch(() => undefined);
  process.exit(128 + constants.signals[signal]);
}
