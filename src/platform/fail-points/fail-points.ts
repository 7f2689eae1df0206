import { writeSync } from 'node:fs';
import { config } from '../config/index.js';

/** Every place where a test may make a process fail. The name says room or step, then the moment. */
export const FAIL_POINTS = [
  'plan.before',
  'plan.midway',
  'plan.after',
  'claim.before',
  'claim.after',
  'claim.after-commit',
  'authorise.before',
  'authorise.after',
  'render.before',
  'render.after',
  'connect.before',
  'connect.after',
  'request.before-end',
  'accept.after',
  'attempt.after',
  'state.after',
  'commit.after',
  'lease.renew',
  'lease.sweep',
  'suppression.write',
  'replay.request',
  'reconcile.insert',
  'drain.shutdown',
] as const;
export type FailPoint = (typeof FAIL_POINTS)[number];

type Action = 'crash' | 'freeze' | 'error' | 'delay';
interface Armed {
  readonly action: Action;
  readonly delayMs: number;
  /** Chance at each passage, or the one passage at which it happens. */
  readonly share: number;
  readonly passage: number | null;
  passages: number;
}
export interface ArmedPoints {
  readonly points: ReadonlyMap<FailPoint, Armed>;
  readonly random: () => number;
}

const STANDARD_ERROR = 2;
const ENTRY = /^([a-z-]+\.[a-z-]+)=(crash|freeze|error|delay)(?:\((\d+)\))?(?:@(0?\.\d+|1)|#(\d+))?$/;

/**
 * Reads what to make fail: `accept.after=crash@0.02` (one passage in fifty), `claim.before=error#3` (the third),
 * `render.before=delay(200)`, and `seed=7` for the dice.
 * @throws Error on a name or a shape that does not exist: a test that fails nothing proves nothing
 */
export function armedPoints(entries: readonly string[]): ArmedPoints {
  const points = new Map<FailPoint, Armed>();
  let seed = 1;
  for (const entry of entries) {
    if (entry.startsWith('seed=')) {
      seed = Number(entry.slice(5));
      continue;
    }
    const [, name, action, delay, share, passage] = ENTRY.exec(entry) ?? [];
    if (!FAIL_POINTS.includes(name as FailPoint)) throw new Error(`no such fail point: ${entry}`);
    points.set(name as FailPoint, {
      action: action as Action,
      delayMs: Number(delay ?? 0),
      share: Number(share ?? 1),
      passage: passage === undefined ? null : Number(passage),
      passages: 0,
    });
  }
  return { points, random: dice(seed) };
}

let armed: ArmedPoints | null = null;

/** Fails here when a test asked for it; does nothing otherwise, and never outside tests (see `failPoints` of Config). */
export async function failPoint(name: FailPoint): Promise<void> {
  armed ??= armedPoints(config().failPoints);
  const point = armed.points.get(name);
  if (!point) return;
  point.passages += 1;
  const happens = point.passage === null ? armed.random() < point.share : point.passages === point.passage;
  if (happens) await happen(name, point);
}

async function happen(name: FailPoint, { action, delayMs }: Armed): Promise<void> {
  // Written at once: after a crash there is no later.
  writeSync(STANDARD_ERROR, `fail-point ${name} ${action}\n`);
  switch (action) {
    case 'crash':
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined);
    case 'freeze':
      process.kill(process.pid, 'SIGSTOP');
      return undefined;
    case 'delay':
      return new Promise((resolve) => setTimeout(resolve, delayMs));
    case 'error':
      throw new Error(`fail point ${name}`);
  }
}

/** mulberry32: small, seedable, good enough to choose where to fail. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
