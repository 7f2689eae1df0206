import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fromRoot } from '../platform/project-root.js';
import type { Problem } from '../kernel/index.js';
import type { ColumnLayout, ParsedTender, RefusedTender } from './domain/index.js';
import { LIMITS, limitRefusalOf } from './formats/index.js';

export interface ParseOptions {
  /** Ends the reading; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Headers of bills whose columns a person has told. */
  readonly layouts?: readonly ColumnLayout[];
  /** Waits for everybody who is not, and leaves them a place. */
  readonly isPatient?: boolean;
}

const MIB = 1024 * 1024;
/** Part of the memory limit that JavaScript objects may take; bytes and code take the rest. */
const HEAP_SHARE = 0.75;
const WATCH_MS = 100;
const PAGE_BYTES = 4096;
const LONGEST_ANSWER = 256 * MIB;
const LONGEST_NAME = 255;

let running = 0;
const waiting: (() => void)[] = [];
const patient: (() => void)[] = [];

/**
 * Reads one document in a process of its own that is thrown away: no environment and so no credentials, files of
 * the project readable and nothing writable, memory and time limited. At most two at once, the others wait.
 * @returns what `parseTender` returns; `file.limit.seconds`, `file.limit.memory` or `file.reader.fault` when the
 * process was ended or fell
 */
export async function parseInChild(
  bytes: Uint8Array,
  name: string,
  { signal, layouts = [], isPatient = false }: ParseOptions = {},
): Promise<ParsedTender | RefusedTender> {
  signal?.throwIfAborted();
  if (bytes.length > LIMITS.upload.value) return { refused: limitRefusalOf('upload', bytes.length) };
  await turn(isPatient);
  try {
    signal?.throwIfAborted();
    return await runChild(bytes, start(name, layouts), signal);
  } finally {
    leave();
  }
}

/**
 * A document of several procedures with one of them alone, by the same process and within the same limits.
 * @returns null where it holds no such, or cannot be read
 */
export async function oneProcessInChild(bytes: Uint8Array, index: number): Promise<Uint8Array | null> {
  await turn(false);
  try {
    const result: object = await runChild(bytes, start('', [], String(index)), undefined);
    const alone = 'alone' in result && typeof result.alone === 'string' ? result.alone : null;
    return alone === null ? null : Buffer.from(alone);
  } finally {
    leave();
  }
}

async function turn(isPatient: boolean): Promise<void> {
  const queue = isPatient ? patient : waiting;
  while (!hasPlace(isPatient)) await new Promise<void>((resume) => queue.push(resume));
  running += 1;
}

function hasPlace(isPatient: boolean): boolean {
  return isPatient
    ? running < LIMITS.parallel.value - 1 && waiting.length === 0
    : running < LIMITS.parallel.value;
}

function leave(): void {
  running -= 1;
  (waiting.shift() ?? (hasPlace(true) ? patient.shift() : undefined))?.();
}

function start(name: string, layouts: readonly ColumnLayout[], ...alone: readonly string[]): ChildProcess {
  const script = fromRoot('dist', 'src', 'tenders', 'parse-child.js');
  const known = name.slice(0, LONGEST_NAME).replaceAll('\0', '');
  return spawnChild([script, known, JSON.stringify(layouts), ...alone]);
}

/** A process of ours without credentials: the project to read, nothing to write, no other process to start. */
export function spawnChild(script: readonly string[]): ChildProcess {
  const heapMib = Math.floor((LIMITS.memory.value / MIB) * HEAP_SHARE);
  const readable = [fromRoot(''), librariesFolder()].map((folder) => `--allow-fs-read=${folder}`);
  const rights = ['--permission', ...readable, '--disable-warning=SecurityWarning'];
  return spawn(process.execPath, [`--max-old-space-size=${heapMib}`, ...rights, ...script], {
    cwd: fromRoot(''),
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Where libraries really are: beside the project when it was installed as one of them, behind a link, or in it. */
function librariesFolder(): string {
  const found = realpathSync(fileURLToPath(import.meta.resolve('saxes')));
  return found.slice(0, found.lastIndexOf('node_modules') + 'node_modules/'.length);
}

type Ended = 'seconds' | 'memory' | 'aborted' | null;

function runChild(
  bytes: Uint8Array,
  child: ChildProcess,
  signal: AbortSignal | undefined,
): Promise<ParsedTender | RefusedTender> {
  const out: Buffer[] = [];
  let outBytes = 0;
  let errors = '';
  let ended: Ended = null;
  const end = (why: Ended): void => {
    ended ??= why;
    child.kill('SIGKILL');
  };
  const abort = (): void => end('aborted');
  const timer = setTimeout(() => end('seconds'), LIMITS.seconds.value * 1000);
  const watch = setInterval(() => {
    if (residentBytes(child.pid) > LIMITS.memory.value) end('memory');
  }, WATCH_MS);
  signal?.addEventListener('abort', abort, { once: true });
  child.stdout?.on('data', (chunk: Buffer) => {
    outBytes += chunk.length;
    if (outBytes > LONGEST_ANSWER) end('memory');
    else out.push(chunk);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4_000);
  });
  // The process may fall before it has read everything: that is told by its exit, not by the broken pipe.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(bytes);
  return new Promise<ParsedTender | RefusedTender>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      if (ended === 'aborted') reject(signal?.reason as Error);
      else if (ended !== null) resolve({ refused: limitRefusalOf(ended, null) });
      else if (code === 0) resolve(JSON.parse(Buffer.concat(out).toString()) as ParsedTender | RefusedTender);
      else resolve({ refused: fallen(errors, killedBy) });
    });
  }).finally(() => {
    clearTimeout(timer);
    clearInterval(watch);
    signal?.removeEventListener('abort', abort);
  });
}

/** Where the system has no such file, the heap limit alone holds. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}

function fallen(errors: string, killedBy: NodeJS.Signals | null): Problem {
  const outOfMemory = /heap out of memory|Allocation failed|Array buffer allocation failed/i.test(errors);
  if (outOfMemory || killedBy === 'SIGKILL') return limitRefusalOf('memory', null);
  return { code: 'file.reader.fault', severity: 'error', place: { line: 1 }, found: null, expected: null };
}
