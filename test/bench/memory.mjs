#!/usr/bin/env node
// The memory that the service takes with a large register: real processes as `npm start` starts them, one that serves pages and
// one that works, or one that does both, each with the index that candidates are looked up in; at rest, with the index, after
// look-ups, pages and publications, when so many enterprises have changed that the index is read anew, and the most that was ever taken.
// Usage: node bin/build.mjs && node test/bench/memory.mjs [--enterprises N] [--rounds N] [--data FOLDER]. With --data the register
// is kept, and is that of `bench match --data FOLDER`. Ends with 1 above 700 MiB.
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { draftOf } from './one-package.mjs';
import { personOf, SECRET, SYSTEM } from './pages-world.mjs';

const { values } = parseArgs({
  options: {
    enterprises: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '100' },
    data: { type: 'string' },
  },
});
const ALLOWED_MIB = 700;
const SEED = 1;
const MOST_MS = 60_000;
const PORT = 3000;
/** More than are looked up apart from the index. */
const MANY_CHANGED = 2001;
/** What `npm start` asks of the system and of Node. */
const { start } = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
const FLAGS = start.match(/--\S+/g);
const ASKED = Object.fromEntries(
  [...start.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
);
const dist = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url));
const note = (text) => process.stderr.write(`${text}\n`);
const { benchFolder } = await dist('matching/index.js');
const { fillRegister } = await dist('matching/bench-register.js');
const { benchPackage } = await dist('matching/bench-world.js');
const { appDataSource, Database, migrate } = await dist('platform/db/index.js');
const { SystemClock } = await dist('platform/clock.js');
const { startEmbedded } = await dist('platform/db/embedded.js');
const { FormTokens } = await dist('platform/http/index.js');

const size = { enterprises: Number(values.enterprises), packages: 0, seed: SEED };
const folder = values.data ? benchFolder(values.data, size) : mkdtempSync(join(tmpdir(), 'maillon-memory-'));
const flags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'jit=off'];
const postgres = await startEmbedded(
  folder,
  flags.flatMap((flag) => ['-c', flag]),
);
const children = new Set();
const ended = async () => {
  for (const child of children) child.kill();
  await Promise.all([...children].map((child) => once(child, 'exit')));
  await postgres.stop();
  if (!values.data) rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ended().then(() => process.exit(1)));
try {
  process.exitCode = await bench(postgres.url);
} catch (error) {
  note(error.stack);
  process.exitCode = 1;
} finally {
  await ended();
}
process.exit();

async function bench(url) {
  await migrate(url);
  const source = await appDataSource({
    url,
    entities: [],
    poolSize: 4,
    statementTimeoutMs: 60_000,
  }).initialize();
  const database = new Database(source);
  const inSystem = (work) => database.transaction(SYSTEM, work);
  await fillRegister({ size, database, clock: new SystemClock(), note, inSystem });
  const processes = [];
  for (const roles of [['web', 'worker'], ['all']]) processes.push(...(await measure(url, database, roles)));
  await source.destroy();
  const report = {
    machine: { cpu: cpus()[0].model, cores: availableParallelism(), node: process.version },
    enterprises: size.enterprises,
    processes,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return processes.every(({ peakMiB }) => peakMiB <= ALLOWED_MIB) ? 0 : 1;
}

/** Runs the service as so many processes and has it look up, show and publish. */
async function measure(url, database, roles) {
  const started = [];
  for (const [at, role] of roles.entries()) started.push(await run(url, role, PORT + 100 * at));
  const memory = () => started.map(({ child }) => memoryOf(child));
  const everyIndexRead = () => Promise.all(started.map(({ loaded }) => loaded()));
  const contractor = await personOf(serviceOf(database, started[0].port), 'contractor');
  note(`${roles.join(' and ')}: index asked for`);
  const read = everyIndexRead();
  await round(contractor, database, 0);
  await read;
  const withIndex = memory();
  const rounds = Number(values.rounds);
  for (let n = 1; n <= rounds; n += 1) await round(contractor, database, n);
  const afterWork = memory();
  const readAnew = everyIndexRead();
  await changeMany(database);
  await round(contractor, database, rounds + 1);
  await readAnew;
  const afterReload = memory();
  const figures = started.map(({ role, atRest }, at) => ({
    role,
    atRestMiB: atRest,
    withIndexMiB: withIndex[at].rssMiB,
    afterWorkMiB: afterWork[at].rssMiB,
    readAnewMiB: afterReload[at].rssMiB,
    peakMiB: afterReload[at].peakMiB,
  }));
  for (const { child } of started) child.kill();
  await Promise.all(started.map(({ child }) => once(child, 'exit')));
  for (const figure of figures) note(JSON.stringify(figure));
  return figures;
}

/** As a run over the register would tell it; their rows stay as they are. */
async function changeMany(database) {
  await database.transaction(SYSTEM, (tx) =>
    tx.query(
      `INSERT INTO matching.posting_change (by_transaction, enterprise_id)
       SELECT pg_current_xact_id(), id FROM registry.enterprise LIMIT $1`,
      [MANY_CHANGED],
    ),
  );
}

/** One tender from its file to its matches: what is looked up in the process of the pages, and in that of the work. */
async function round(contractor, database, n) {
  const { trades, value } = benchPackage(SEED, n);
  const { tenderId, packageId } = await draftOf(contractor, n, { trades, value });
  const tender = `/contractor/tenders/${tenderId}`;
  for (const wish of ['later&days=30', 'within&km=25'])
    await contractor.get(`${tender}/packages/${packageId}/what-if?change=${wish}`);
  for (const page of ['', '/review', '/publish']) await contractor.get(`${tender}${page}`);
  await contractor.call('POST', `/api/v1/tenders/${tenderId}/publication`);
  for (let waited = 0; waited < MOST_MS; waited += 50) {
    const [found] = await database.transaction(SYSTEM, (tx) =>
      tx.query('SELECT count(*)::int AS matches FROM matching.match WHERE package_id = $1', [packageId]),
    );
    if (found.matches > 0) break;
    await pause(50);
  }
  await contractor.get(`${tender}/board`);
}

async function run(databaseUrl, role, port) {
  const env = {
    ...process.env,
    ...ASKED,
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    SECRET,
    ROLE: role,
    PORT: String(port),
    MEMORY_INDEX_FROM: '1',
    LOG_LEVEL: 'info',
  };
  const child = spawn(process.execPath, [...FLAGS, 'bin/start.mjs', '--empty'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const ready = Promise.withResolvers();
  const heard = new EventEmitter();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const address = /^Maillon (?:is ready: http:\/\/[^:]+:(\d+)|works)/.exec(line);
    if (address) ready.resolve(Number(address[1]));
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.includes('the index in memory is loaded')) heard.emit('loaded');
    if (!line.includes('"level":"info"')) note(line);
  });
  child.once('exit', (code) => {
    const gone = new Error(`${role} ended with ${code}`);
    ready.reject(gone);
    if (heard.listenerCount('error') > 0) heard.emit('error', gone);
  });
  const listens = await ready.promise;
  return { role, child, port: listens, loaded: () => once(heard, 'loaded'), atRest: memoryOf(child).rssMiB };
}

function memoryOf({ pid }) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const miB = (name) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]) / 1024);
  return { rssMiB: miB('VmRSS'), peakMiB: miB('VmHWM') };
}

/** The service on the other side of the wire, as `personOf` asks one. */
function serviceOf(database, port) {
  const tokens = new FormTokens({ secret: SECRET, publicUrl: `http://127.0.0.1:${port}` });
  return {
    database,
    clock: new SystemClock(),
    app: { get: () => tokens },
    server: {
      async inject({ method, url, payload, headers }) {
        const isForm = typeof payload === 'string' || Buffer.isBuffer(payload) || payload === undefined;
        const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
          method,
          redirect: 'manual',
          headers: isForm ? headers : { ...headers, 'content-type': 'application/json' },
          ...(payload === undefined ? {} : { body: isForm ? payload : JSON.stringify(payload) }),
        });
        const body = await answer.text();
        return {
          statusCode: answer.status,
          body,
          headers: Object.fromEntries(answer.headers),
          json: () => JSON.parse(body),
        };
      },
    },
  };
}
