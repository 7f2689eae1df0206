#!/usr/bin/env node
// Mutation score of the pure domain of a room: how many small faults its unit tests notice.
//   npm run mutate -- [src/legal-basis/domain] [--spec src/legal-basis/rule-files.spec.ts]
// Every fault is compiled in once, behind a switch; the specs of the folder are collected once, and for each fault
// those tests that reach it run until one fails. What modules remember of an object (a WeakMap) is forgotten before each
// fault, and for a fault in what a module builds while it loads, the modules of the room are loaded anew. The faults are
// shared out to one process for each core. Exit 1 when the score is under 90 %.
import '../bin/node-24.mjs';
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { expect } from 'expect';
import { compile, isOurs, sourceOf } from '../test/jest/typescript.mjs';
import { mutate } from './mutants.mjs';

const GOAL = 90;
const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    spec: { type: 'string', multiple: true, default: [] },
    every: { type: 'string', default: '1' }, // only each so many-th fault
    part: { type: 'string' }, // of a process of ours: which of how many
  },
});
const folder = resolve(root, positionals[0] ?? 'src/legal-basis/domain');
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .sort();
const specs = [
  ...files.filter((file) => file.endsWith('.spec.ts')).map((file) => join(folder, file)),
  ...values.spec.map((file) => resolve(root, file)),
];

const mutants = [];
const sources = new Map(
  files
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => [join(folder, file), mutate(readFileSync(join(folder, file), 'utf8'), file, mutants)]),
);

const asked = mutants.filter((mutant) => mutant.id % Number(values.every) === 0);
if (values.part === undefined) process.exit(report(asked, await shareOut()));
const [part, parts] = values.part.split('/').map(Number);

/** The faults that one of our processes each found to survive. */
async function shareOut() {
  const all = availableParallelism();
  const survivors = await Promise.all(
    Array.from({ length: all }, (_, one) => {
      const child = fork(fileURLToPath(import.meta.url), [
        ...process.argv.slice(2),
        '--part',
        `${one}/${all}`,
      ]);
      return new Promise((done, failed) => {
        child.once('message', done);
        child.once('exit', (code) => failed(new Error(`a part of the work ended with ${code}`)));
      });
    }),
  );
  return new Set(survivors.flat());
}

/** Says what was found, file by file. @returns the code to exit with */
function report(tried, surviving) {
  const score = (found, all) => `${((100 * found) / all).toFixed(1)} % (${found} of ${all})`;
  for (const file of new Set(tried.map((mutant) => mutant.file))) {
    const inFile = tried.filter((mutant) => mutant.file === file);
    const alive = inFile.filter(({ id }) => surviving.has(id));
    process.stdout.write(`${file.padEnd(28)} ${score(inFile.length - alive.length, inFile.length)}\n`);
    for (const { line, column, was, is } of alive)
      process.stdout.write(`  ${file}:${line}:${column}  ${was}  ->  ${is}\n`);
  }
  const found = tried.length - surviving.size;
  process.stdout.write(`${relative(root, folder)}: ${score(found, tried.length)}\n`);
  return found * 100 >= GOAL * tried.length ? 0 : 1;
}

/** What modules remember of an object would hide a fault from the tests: it was worked out before the fault. */
let forgotten = 0;
const Kept = globalThis.WeakMap;
globalThis.WeakMap = class {
  #kept = new Kept();
  #since = forgotten;
  #fresh() {
    if (this.#since !== forgotten) [this.#kept, this.#since] = [new Kept(), forgotten];
    return this.#kept;
  }
  get(key) {
    return this.#fresh().get(key);
  }
  set(key, value) {
    this.#fresh().set(key, value);
    return this;
  }
  has(key) {
    return this.#fresh().has(key);
  }
  delete(key) {
    return this.#fresh().delete(key);
  }
};

let active = -1;
/** Modules of the room are loaded once for each generation: what they build while loading is built again. */
let generation = 0;
const ROOM = pathToFileURL(join(root, 'src', relative(join(root, 'src'), folder).split('/')[0])).href;
const FACTORIES = pathToFileURL(join(root, 'test/factories')).href;
let reached = new Set();
globalThis.mutantIsOn = (id) => {
  reached.add(id);
  return id === active;
};

registerHooks({
  resolve(specifier, context, next) {
    const url = sourceOf(specifier, context.parentURL);
    return url ? { url: ofGeneration(url), shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    if (!isOurs(url)) return next(url, context);
    const path = fileURLToPath(url);
    const mutated = sources.get(path);
    const source = mutated ? stripTypeScriptTypes(mutated) : compile(path);
    return { format: 'module', source, shortCircuit: true };
  },
});

function ofGeneration(url) {
  return generation > 0 && (url.startsWith(ROOM) || url.startsWith(FACTORIES)) ? `${url}?${generation}` : url;
}

/** As much of jest as the specs of a pure domain use. */
let tests = [];
const each = (declare) => (rows) => (name, body) => {
  for (const row of rows) declare(name, () => body(...(Array.isArray(row) ? row : [row])));
};
Object.assign(globalThis, {
  expect,
  describe: (_name, body) => body(),
  it: (name, body) => tests.push({ name, body }),
});
globalThis.it.each = each(globalThis.it);
globalThis.describe.each = each(globalThis.describe);

await import('reflect-metadata');

async function collect() {
  tests = [];
  for (const spec of specs) await import(ofGeneration(pathToFileURL(spec).href));
  return tests;
}

const first = await collect();
const whileLoading = reached;

async function fails(test) {
  try {
    await test.body();
    return null;
  } catch (error) {
    return error;
  }
}

async function noticed(candidates) {
  for (const test of candidates) if (await fails(test)) return true;
  return false;
}

for (const test of first) {
  reached = test.reaches = new Set();
  forgotten += 1;
  const start = performance.now();
  const error = await fails(test);
  if (error) throw new Error(`fails without a fault: ${test.name}`, { cause: error });
  test.cost = performance.now() - start;
}
const order = first.map((test, index) => ({ ...test, index })).sort((a, b) => a.cost - b.cost);

/** What a module builds while it loads is noticed by tests collected anew. */
async function noticedAnew() {
  generation += 1;
  try {
    const anew = await collect();
    return anew.length !== first.length || (await noticed(order.map(({ index }) => anew[index])));
  } catch {
    return true;
  }
}

const survivors = [];
const own = asked.filter((_mutant, index) => index % parts === part);
for (const [index, mutant] of own.entries()) {
  active = mutant.id;
  forgotten += 1;
  const reaching = order.filter((test) => test.reaches.has(mutant.id));
  const anew = whileLoading.has(mutant.id) && (mutant.builtOnce || reaching.length === 0);
  const killed = (await noticed(reaching)) || (anew && (await noticedAnew()));
  if (index % 100 === 99) process.stderr.write(`${index + 1} of ${own.length} in part ${part}\n`);
  if (!killed) survivors.push(mutant.id);
}
process.send(survivors, () => process.exit(0));
