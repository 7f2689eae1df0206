import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly notes: string;
}

export interface Surroundings {
  readonly input?: string | Buffer;
  readonly databaseUrl?: string;
  /** Where it may keep files for a while. */
  readonly temporary?: string;
  /** Once it has noted this it is told to end. */
  readonly endAt?: string;
}

/** Runs one command line as an operator does: another process, its standard output read as JSON lines. */
export function maillon(args: readonly string[], options: Surroundings = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      ...(options.temporary ? { TMPDIR: options.temporary } : {}),
    };
    const child = spawn(process.execPath, ['dist/src/cli.js', ...args], { env });
    const out: Buffer[] = [];
    const notes: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      notes.push(chunk);
      if (options.endAt && chunk.toString('utf8').includes(options.endAt)) child.kill('SIGTERM');
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const text = Buffer.concat(out).toString('utf8');
      const lines = text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ code, lines, notes: Buffer.concat(notes).toString('utf8') });
    });
    child.stdin.end(options.input ?? '');
  });
}
