import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { CannotStart } from './platform/cannot-start.js';
import type { Preparation } from './prepare-database.js';
import { completeConfig, config, localAddress } from './platform/config/index.js';
import { keptSecret } from './platform/config/kept-secret.js';
import { fromRoot } from './platform/project-root.js';

const CLOSE_TIMEOUT_MS = 20_000;
const SAME_WISH_MS = 1000;
const USAGE = 'npm start [-- --empty | --sample]   (.env.example lists what can be set)';

/** What runs, each closed before the one it stands on. */
const closers: (() => Promise<unknown>)[] = [];
let pages: INestApplicationContext | null = null;
let askedAt: number | null = null;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

enableCompileCache(join(fromRoot('dist'), '.cache'));

async function start(): Promise<void> {
  const { values: asked } = parseArgs({
    options: { empty: { type: 'boolean' }, sample: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (asked.help) return say(USAGE);
  const ownServer = config().databaseUrl !== '';
  await (ownServer ? undefined : startDatabase());
  const { prepareDatabase } = await import('./prepare-database.js');
  // Its passwords are known to everybody: a database of the operator's own gets the sample on demand only.
  const sample = asked.sample ?? (!ownServer && !asked.empty);
  const prepared = await prepareDatabase(config().databaseUrl, { sample });
  await choosePort(config().port);
  await startParts();
  welcome(prepared);
  if (prepared.seeded && pages) await tellStory(pages);
}

/** Nobody waits for it: the pages are open already. */
async function tellStory(app: INestApplicationContext): Promise<void> {
  const { tellSampleStory } = await import('./sample-story.js');
  // Whoever stops the service in the middle gets what was told so far.
  await tellSampleStory(app).catch((error: unknown) => (askedAt === null ? complain(error) : undefined));
}

async function startDatabase(): Promise<void> {
  const { dataDir } = config();
  const { startEmbedded } = await import('./platform/db/embedded.js');
  const database = await startEmbedded(dataDir);
  closers.unshift(() => database.stop());
  completeConfig({ databaseUrl: database.url, secret: config().secret || keptSecret(dataDir) });
}

async function choosePort(from: number): Promise<void> {
  const { host, port, portIsNamed, publicUrl } = config();
  const { listenablePort } = await import('./platform/http/listenable-port.js');
  const free = await listenablePort(host, from, portIsNamed);
  const isLocal = publicUrl === localAddress(host, port);
  completeConfig({ port: free, publicUrl: isLocal ? localAddress(host, free) : publicUrl });
}

/** Pages and queue have their own pool of connections: slow visitors do not starve the work, nor it them. */
async function startParts(): Promise<void> {
  const { role } = config();
  if (role !== 'worker') await startPages();
  if (role !== 'web') {
    const { startWorker } = await import('./worker.js');
    const worker = await startWorker();
    closers.unshift(() => worker.close());
    if (role === 'worker') await answerHealth(worker);
  }
}

async function startPages(): Promise<void> {
  const { start: startWeb } = await import('./main.js');
  try {
    const web = await startWeb();
    closers.unshift(() => web.close());
    pages = web;
  } catch (error) {
    // Between the question whether the port is free and the answer of our own, somebody else took it.
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
    await choosePort(config().port);
    await startPages();
  }
}

async function answerHealth(worker: INestApplicationContext): Promise<void> {
  const { workerHealth } = await import('./platform/http/worker-health.js');
  const { Readiness } = await import('./platform/http/readiness.js');
  const { host, port } = config();
  await workerHealth(worker.get(Readiness, { strict: false }), host, port);
}

function welcome({ accounts }: Preparation): void {
  if (config().role === 'worker') return say('Maillon works on its queue.');
  say(`\nMaillon is ready: ${config().publicUrl}\n`);
  if (accounts.length === 0) return;
  say('Sign in as one of the people of the sample data:');
  const width = (key: 'who' | 'email'): number => Math.max(...accounts.map((account) => account[key].length));
  for (const { who, email, password } of accounts)
    say(`  ${who.padEnd(width('who'))}  ${email.padEnd(width('email'))}  ${password}`);
  say('');
}

async function stop(exitCode: number): Promise<never> {
  const late = setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS);
  late.unref();
  for (const close of closers.splice(0)) {
    await close().catch((error: unknown) => complain(error));
  }
  process.exit(exitCode);
}

/** An operator gets the sentence alone; a fault of ours comes with its stack. */
function complain(error: unknown): void {
  const known =
    error instanceof CannotStart || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  const text = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  process.stderr.write(`Maillon: ${text}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Ctrl-C comes twice at once, from the terminal and from npm; later a second time means now.
    if (askedAt !== null && performance.now() - askedAt > SAME_WISH_MS) process.exit(130);
    if (askedAt === null) void stop(0);
    askedAt ??= performance.now();
  });
}

await start().catch((error: unknown) => {
  complain(error);
  return stop(1);
});
