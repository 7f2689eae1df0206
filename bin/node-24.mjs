// Imported first by the others here: an older Node of the system hands over to the one that came with `npm ci`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  const node = join(root, 'node_modules', '.bin', 'node');
  if (!existsSync(node)) {
    const bundled = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
    const how = bundled
      ? 'run "npm ci", which brings it.'
      : `none comes through npm for ${process.platform}-${process.arch}: install it (nodejs.org, or "brew install node@24").`;
    process.stderr.write(`Maillon needs Node ${NEEDED} or newer, this is ${process.versions.node}: ${how}\n`);
    process.exit(1);
  }
  const path = `${dirname(node)}:${process.env.PATH ?? ''}`;
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal]));
  });
  process.exit(code);
}
