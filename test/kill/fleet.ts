import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromRoot } from '../../src/platform/project-root.js';

export interface WorkerEnvironment {
  readonly databaseUrl: string;
  /** Null: the built-in outbox. */
  readonly smtpUrl: string | null;
}

/** A worker process, from its start to its end. */
export class WorkerProcess {
  /** Fail points it passed on purpose, as `name action`. */
  readonly failed: string[] = [];
  readonly ready: Promise<void>;
  readonly ended: Promise<NodeJS.Signals | null>;
  /** As the ledger names it. */
  readonly name: string;
  private readonly child: ChildProcess;
  private onFail: (line: string) => void = () => undefined;

  constructor(
    { databaseUrl, smtpUrl }: WorkerEnvironment,
    failPoints: readonly string[],
    program = 'worker.mjs',
  ) {
    this.child = spawn(process.execPath, [fromRoot('test', 'kill', program)], {
      // What it reads from is held open, and nothing is written: see end-with-parent.mjs.
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        ROLE: 'worker',
        DATABASE_URL: databaseUrl,
        FAIL_POINTS: failPoints.join(','),
        LOG_LEVEL: 'silent',
        NODE_COMPILE_CACHE: join(tmpdir(), 'maillon-kill-compiled'),
        ...(smtpUrl === null ? {} : { SMTP_URL: smtpUrl }),
      },
    });
    this.name = `${hostname()}:${this.child.pid}`;
    this.ready = new Promise((resolve) => this.child.stdout!.once('data', () => resolve()));
    this.ended = new Promise((resolve) => this.child.once('exit', (_code, signal) => resolve(signal)));
    createInterface({ input: this.child.stderr! }).on('line', (line) => {
      const [, what] = /^fail-point (.*)$/.exec(line) ?? [];
      if (what === undefined) return;
      this.failed.push(what);
      this.onFail(what);
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns false when it ended, or did not fail in time */
  async failsWithin(ms: number): Promise<boolean> {
    if (this.failed.length > 0) return true;
    const failed = new Promise<boolean>((resolve) => {
      this.onFail = () => resolve(true);
    });
    return Promise.race([failed, this.ended.then(() => false), sleep(ms, false, { ref: false })]);
  }

  /** Lets it end by itself; kills it when it does not. @returns true when it ended by itself */
  async stop(ms = 15_000): Promise<boolean> {
    this.signal('SIGTERM');
    const inTime = await Promise.race([this.ended.then(() => true), sleep(ms, false, { ref: false })]);
    if (!inTime) this.signal('SIGKILL');
    await this.ended;
    return inTime;
  }
}

/** Starts a program of this folder and waits for its first line. */
export async function startSink(file: string, ...args: string[]): Promise<{ line: string; stop(): void }> {
  const child = spawn(process.execPath, [fromRoot('test', 'kill', file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout! }).once('line', resolve),
  );
  return { line, stop: () => child.kill('SIGKILL') };
}
