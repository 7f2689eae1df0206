#!/usr/bin/env node
// Mutation score of the pure domain of a room: how many small faults its unit tests notice.
//   npm run mutate -- [src/legal-basis/domain] [--spec src/legal-basis/rule-files.spec.ts]
// Every fault is compiled in once, behind a switch; the specs of the folder are collected once, and for each fault
// those tests that reach it run until one fails. For a fault in what a module builds while it loads, the modules of the
// room are loaded anew. Exit 1 when the score is under 90 %.
import '../bin/node-24.mjs';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { transformSync } from '@swc/core';
import { expect } from 'expect';
import { mutate } from './mutants.mjs';

const GOAL = 90;
const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { spec: { type: 'string', multiple: true, default: [] } },
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
    if (specifier.startsWith('.') && /\.ts(\?|$)/.test(context.parentURL ?? '')) {
      const asTs = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(asTs)) return { url: ofGeneration(asTs.href), shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !/\.ts(\?|$)/.test(url)) return next(url, context);
    const path = fileURLToPath(url);
    const mutated = sources.get(path);
    const source = mutated ? stripTypeScriptTypes(mutated) : compile(path);
    return { format: 'module', source, shortCircuit: true };
  },
});

function ofGeneration(url) {
  return generation > 0 && (url.startsWith(ROOM) || url.startsWith(FACTORIES)) ? `${url}?${generation}` : url;
}

function compile(path) {
  return transformSync(readFileSync(path, 'utf8'), {
    filename: path,
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: 'es6' },
  }).code;
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

await import('../test/setup.mjs');

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
for (const mutant of mutants) {
  active = mutant.id;
  const reaching = order.filter((test) => test.reaches.has(mutant.id));
  const anew = whileLoading.has(mutant.id) && (mutant.builtOnce || reaching.length === 0);
  const killed = (await noticed(reaching)) || (anew && (await noticedAnew()));
  if (mutant.id % 100 === 99) process.stderr.write(`${mutant.id + 1} of ${mutants.length}\n`);
  if (!killed) survivors.push(mutant);
}

const score = (found, all) => `${((100 * found) / all).toFixed(1)} % (${found} of ${all})`;
for (const file of new Set(mutants.map((mutant) => mutant.file))) {
  const own = mutants.filter((mutant) => mutant.file === file);
  const alive = survivors.filter((mutant) => mutant.file === file);
  process.stdout.write(`${file.padEnd(28)} ${score(own.length - alive.length, own.length)}\n`);
  for (const { line, column, was, is } of alive)
    process.stdout.write(`  ${file}:${line}:${column}  ${was}  ->  ${is}\n`);
}
const found = mutants.length - survivors.length;
process.stdout.write(`${relative(root, folder)}: ${score(found, mutants.length)}\n`);
process.exit(found * 100 >= GOAL * mutants.length ? 0 : 1);
