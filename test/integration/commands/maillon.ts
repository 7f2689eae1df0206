import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly notes: string;
}

/** Runs one command line as an operator does: another process, its standard output read as JSON lines. */
export function maillon(
  args: readonly string[],
  options: { input?: string | Buffer; databaseUrl?: string } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    };
    const child = spawn(process.execPath, ['dist/src/cli.js', ...args], { env });
    const out: Buffer[] = [];
    const notes: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => notes.push(chunk));
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
