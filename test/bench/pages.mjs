#!/usr/bin/env node
// Asks for every page of the service as somebody who may see it, in a basin of 10,000 enterprises and 20,000 packages,
// and says how long the server took. Usage: node bin/build.mjs && node test/bench/pages.mjs [--enterprises N]
// [--packages N] [--samples N] [--only PART-OF-A-ROUTE] [--data FOLDER]. Ends with 1 when a page takes 100 ms or more.
// A folder keeps the basin: making it takes minutes, and another run finds it there. `cpu` is the processor time of the
// service and its database together. Of a download, the time to its first byte counts, and the time to its end stands beside it.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyBasin } from './pages-copies.mjs';
import { doors, ofLongTenders, parametersOf } from './pages-parameters.mjs';
import { enterRegister, oneOfEach, ownerOf, processorMs, SECRET, serve, SYSTEM } from './pages-world.mjs';
import { endWithBench } from './with-postgres.mjs';

const { values } = parseArgs({
  options: {
    enterprises: { type: 'string', default: '10000' },
    packages: { type: 'string', default: '20000' },
    samples: { type: 'string', default: '40' },
    only: { type: 'string', default: '' },
    data: { type: 'string' },
  },
});
const ALLOWED_MS = 100;
/** Of one thing of a tender, however long it is. */
const OF_ONE = /:(enterpriseId|questionId|fileId|attachmentId)/;
/** Asked before it counts. */
const WARM = 3;
const dist = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url));
const note = (text) => process.stderr.write(`${text}\n`);

const { POLICY } = await dist('accounts/index.js');
const folder = values.data ?? mkdtempSync(join(tmpdir(), 'maillon-pages-'));
const BASIN = join(folder, 'basin.json');
await endWithBench({ folder, isKept: values.data !== undefined }, bench);

async function bench(url) {
  const { prepareDatabase } = await dist('prepare-database.js');
  await prepareDatabase(url, { sample: false });
  if (!existsSync(BASIN)) writeFileSync(BASIN, JSON.stringify(await makeBasin(url)));
  const { people, objects } = JSON.parse(readFileSync(BASIN, 'utf8'));
  const owner = await ownerOf(url);
  await owner.query(
    `UPDATE accounts.session SET idle_until = now() + interval '2 hours', ends_at = now() + interval '2 hours'`,
  );
  await owner.query('UPDATE tenders.trial SET made_at = now()');
  const service = { owner, ...(await serve(url, 'web')) };
  const report = await measureAll(service, people, objects);
  await service.app.close();
  await owner.end();
  print(report);
  return report.every(({ status, p95 }) => status < 400 && p95 < ALLOWED_MS) ? 0 : 1;
}

async function makeBasin(url) {
  const owner = await ownerOf(url);
  const service = await serve(url, 'all');
  note(`${values.enterprises} enterprises`);
  const like = await enterRegister(service, owner, Number(values.enterprises));
  note('one of everything');
  const { people, objects } = await oneOfEach(service, owner, like);
  await service.app.close();
  note(`${values.packages} packages`);
  note(JSON.stringify(await copyBasin(owner, people, objects, Number(values.packages))));
  note('how far each came');
  const again = await serve(url, 'web');
  await keepAllStages(again.database);
  note('what they ask for');
  const { writeDemandOf } = await dist('pipeline/open-demand.js');
  const { openTenderIds } = await dist('pipeline/open-packages.query.js');
  const open = await again.database.transaction(SYSTEM, (tx) => openTenderIds(tx, again.clock.now()));
  for (const id of open) await again.database.transaction(SYSTEM, (tx) => writeDemandOf(tx, id));
  // What a server sees to within a minute of so many rows.
  await owner.query('VACUUM (ANALYZE)');
  await again.app.close();
  await owner.end();
  return { people, objects };
}

/** What the worker does a moment after each act: nobody works here but who is asked for a page. */
async function keepAllStages(database) {
  const { keepStages } = await dist('monitoring/index.js');
  while ((await database.transaction(SYSTEM, (tx) => keepStages(tx, 2000))) > 0);
}

/** Each page that is HTML or a download, one after the other, as one who may see it; those of a tender of a long one, too. */
async function measureAll(service, people, objects) {
  const all = { ...objects, ...(await doors(service, people, SECRET)) };
  const routes = [...new Set(service.server.routeNames)].filter(
    (route) => route.startsWith('GET ') && !/ \/(api|assets)\//.test(route) && route.includes(values.only),
  );
  const asked = [
    ...routes.map((route) => ({ route, known: parametersOf(all), of: '' })),
    ...routes
      .filter((route) => route.startsWith('GET /contractor/tenders/:id') && !OF_ONE.test(route))
      .map((route) => ({ route, known: parametersOf(ofLongTenders(all)), of: ', 5,000 packages' })),
  ];
  const report = [];
  for (const { route, known, of } of asked) {
    const beginnings = Object.keys(known).sort((a, b) => b.length - a.length);
    const { query = '', ...given } = known[beginnings.find((beginning) => route.startsWith(beginning))] ?? {};
    const path = route.slice(4).replace(/:(\w+)/g, (_, name) => given[name]) + query;
    const { allow } = POLICY[route];
    const who = Array.isArray(allow) ? (route.includes('/teams/') ? 'partner' : allow[0]) : null;
    const headers = who === null ? {} : people[who].headers;
    await keepAllStages(service.database);
    report.push({ route: route + of, ...(await measure(service, path, headers)) });
    note(lineOf(report.at(-1)));
  }
  return report.sort((a, b) => b.p95 - a.p95);
}

async function measure({ owner, server }, url, headers) {
  const [times, whole, work] = [[], [], []];
  let answer;
  for (let n = 0; n < Number(values.samples) + WARM; n += 1) {
    const before = await processorMs(owner);
    const start = performance.now();
    answer = await taken(await server.inject({ method: 'GET', url, headers, payloadAsStream: true }));
    const end = performance.now();
    if (n < WARM) continue;
    times.push((answer.isDownload ? answer.begunAt : end) - start);
    whole.push(end - start);
    work.push((await processorMs(owner)) - before);
  }
  const at = (list, share) =>
    list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
  const of = (list) => [at(list, 0.5), at(list, 0.95)];
  const [[p50, p95], [cpu50, cpu95]] = [of(times), of(work)];
  const { status, isDownload, bytes } = answer;
  const end = isDownload ? { whole50: at(whole, 0.5), whole95: at(whole, 0.95) } : {};
  return { status, kB: Math.round(bytes / 1024), p50, p95, cpu50, cpu95, ...end };
}

/** Reads an answer to its end. A browser saves a download as it comes, and says so from its first bytes on. */
async function taken(answer) {
  let [bytes, begunAt] = [0, null];
  for await (const piece of answer.stream()) {
    begunAt ??= performance.now();
    bytes += piece.length;
  }
  const isDownload = `${answer.headers['content-disposition']}`.startsWith('attachment');
  return { status: answer.statusCode, isDownload, bytes, begunAt };
}

function lineOf({ route, status, kB, ...ms }) {
  const times = ['p50', 'p95', 'cpu50', 'cpu95'].map((name) => ms[name].toFixed(1).padStart(8));
  const end =
    ms.whole50 === undefined ? '' : ` (to the end ${ms.whole50.toFixed(1)}, ${ms.whole95.toFixed(1)})`;
  return [...times, status, String(kB).padStart(5), route + end].join(' ');
}

function print(report) {
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model, node: process.version };
  process.stdout.write(`${JSON.stringify(machine)}\n     p50      p95   cpu 50   cpu 95          kB\n`);
  for (const one of report) process.stdout.write(`${lineOf(one)}\n`);
}
