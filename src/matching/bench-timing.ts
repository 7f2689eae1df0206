import { readFileSync } from 'node:fs';
import { rows, type Tx } from '../platform/db/index.js';

/** Milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly samples: number;
}

function percentiles(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 1000) / 1000;
  return { p50: at(0.5), p99: at(0.99), samples: sorted.length };
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The first tenth is run and not counted. */
export function warm(times: readonly number[]): Percentiles {
  return percentiles(times.slice(Math.floor(times.length / 10)));
}

export async function sample<T>(items: readonly T[], work: (item: T) => unknown): Promise<Percentiles> {
  const times: number[] = [];
  for (const item of items) times.push(await timed(() => work(item)));
  return warm(times);
}

/** To the millisecond. */
export function secondsSince(start: number): number {
  return Math.round(performance.now() - start) / 1000;
}

/** The most memory this process has taken so far. */
export function peakMiB(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** Processor time of this process so far. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time of the backend that serves the transaction; null when it runs elsewhere or the system does not say. */
export async function serverCpu(tx: Tx): Promise<(() => number) | null> {
  const [backend] = await rows<{ pid: number }>(tx, 'SELECT pg_backend_pid() AS pid');
  const read = (): number =>
    Number(readFileSync(`/proc/${backend!.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  try {
    read();
    return read;
  } catch {
    return null;
  }
}
