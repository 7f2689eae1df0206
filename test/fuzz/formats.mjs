#!/usr/bin/env node
// Reads thousands of damaged documents. Any answer is good but a crash, a hang, a fault of ours, or a refusal that
// does not say why and where. Usage: node test/fuzz/formats.mjs [--count 5000] [--seed 1] [--only xlsx]
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const HANG_MS = 25_000;
/** Slowest last. */
const SLOW = ['xlsx', 'pdf', 'docx'];
const FIXTURES = new URL('../fixtures/tenders/', import.meta.url);
const SEEDS = {
  xlsx: '01-maisons-ouvrieres-25-lignes.xlsx',
  csv: '07-parc-activites-services.csv',
  pdf: '08-deconstruction-selective.pdf',
  docx: '09-terril-nettoyage-verdurisation.docx',
  eforms: '547670-2023.xml',
  ted: '546568-2020.xml',
  gaeb: 'boq.x83',
  ocds: 'ocds-release.json',
  decp: 'decp-three-records.json',
  json: 'maison-de-quartier.json',
};

/** Small generator with a seed, the same on every machine. */
function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, below);
  };
}

const INTERESTING = [
  '"',
  '<',
  '>',
  '&',
  '\0',
  '{',
  '[',
  ';',
  ',',
  '\n',
  '<!DOCTYPE a [',
  ']]>',
  '-1',
  '1e999',
  '../',
  'PM',
  '=',
  '\u202e',
  '٣',
  '99999999999999999999',
];

function damage(bytes, pick) {
  let out = bytes;
  const times = 1 + pick(4);
  for (let i = 0; i < times; i += 1) {
    const at = pick(out.length);
    const length = pick(Math.min(400, out.length));
    switch (pick(7)) {
      case 0: {
        out = Uint8Array.from(out);
        out[at] ^= 1 << pick(8);
        break;
      }
      case 1: {
        out = Uint8Array.from(out);
        out[at] = pick(256);
        break;
      }
      case 2:
        out = out.subarray(0, at);
        break;
      case 3:
        out = Buffer.concat([out.subarray(0, at), out.subarray(at + length)]);
        break;
      case 4:
        out = Buffer.concat([out.subarray(0, at), out.subarray(at, at + length), out.subarray(at)]);
        break;
      case 5:
        out = Buffer.concat([
          out.subarray(0, at),
          strToU8(INTERESTING[pick(INTERESTING.length)]),
          out.subarray(at),
        ]);
        break;
      default: {
        const from = pick(out.length);
        out = Buffer.concat([
          out.subarray(0, at),
          out.subarray(from, from + length),
          out.subarray(at + length),
        ]);
      }
    }
  }
  return new Uint8Array(out);
}

/** Keeps the shape of a text and changes its values: readers get further than with broken syntax. */
function otherValues(seed, pick) {
  const often = 2 + pick(60);
  const change = (character) => {
    if (pick(often) !== 0) return character;
    return /\d/.test(character) ? '0123456789.-x'[pick(13)] : 'aZ9 .-'[pick(6)];
  };
  const text = Buffer.from(seed).toString('latin1');
  const changed = text.startsWith('<')
    ? text.replace(/>[^<]+</g, (value) => value.replace(/[0-9A-Za-z]/g, change))
    : text.replace(/[0-9A-Za-z]/g, change);
  return new Uint8Array(Buffer.from(changed, 'latin1'));
}

/** Half of the damage is done inside an archive or a text, or nothing but the outermost check would ever be tried. */
function mutate(seed, format, pick) {
  if (pick(2) === 0 || format === 'pdf') return damage(seed, pick);
  if (format !== 'xlsx' && format !== 'docx') return otherValues(seed, pick);
  const parts = { ...partsOf(seed) };
  const names = Object.keys(parts);
  const name = names[pick(names.length)];
  parts[name] =
    pick(3) === 0
      ? strToU8(strFromU8(parts[name]).replaceAll(/\d/g, () => String(pick(10))))
      : damage(parts[name], pick);
  // The other parts are stored as they are: to compress them again took more time than to read the document.
  return zipSync({ ...parts, [name]: [parts[name], { level: 1 }] }, { level: 0 });
}

let unzipped = null;

/** One document for each worker: its parts are taken out once, without those that no reader opens. */
function partsOf(seed) {
  unzipped ??= unzipSync(seed, { filter: ({ name }) => !/styles|theme|thumbnail/i.test(name) });
  return unzipped;
}

/** Languages in which a problem has no sentence, or one that leaves a place open. */
async function unsaidProblems() {
  const { LANGUAGES } = await import(new URL('../../dist/src/kernel/index.js', import.meta.url));
  const i18n = await import(new URL('../../dist/src/platform/i18n/index.js', import.meta.url));
  const messages = i18n.Messages.load(i18n.MESSAGES_FOLDER);
  const known = new Map();
  return ({ code, found, expected, params }) => {
    const given = Object.entries({ found: found ?? '', expected: expected ?? '', ...params });
    const kind = [code, ...given.map(([name, value]) => `${name}:${typeof value}`)].join(' ');
    const key = `problem.${code}`;
    const fill = Object.fromEntries(
      given.map(([name, value]) => [name, typeof value === 'number' ? 2 : 'x']),
    );
    const isUnsaid = (language) => {
      const entries = messages.entries(language);
      const missing = !entries.has(key) && !entries.has(`${key}_other`);
      return missing || /^\s*$|\{\w+\}/.test(messages.text(language, key, fill));
    };
    if (!known.has(kind)) known.set(kind, LANGUAGES.filter(isUnsaid));
    return known.get(kind);
  };
}

const isPlace = (place) => typeof place === 'object' && place !== null && Object.keys(place).length > 0;

const send = parentPort?.postMessage.bind(parentPort);

async function work({ format, file, from, count, seed }) {
  const { parseTender } = await import(new URL('../../dist/src/tenders/formats/index.js', import.meta.url));
  const unsaid = await unsaidProblems();
  const original = new Uint8Array(readFileSync(new URL(file, FIXTURES)));
  for (let index = from; index < count; index += 1) {
    const bytes = mutate(original, format, random(seed * 1_000_003 + index * 7919 + format.length));
    send({ started: index });
    const { refused, problems = [] } = await parseTender(bytes, file);
    const told = refused ? [refused] : problems;
    const fault = told.find(
      (problem) =>
        !problem.code ||
        problem.code === 'file.reader.fault' ||
        !isPlace(problem.place) ||
        unsaid(problem).length > 0,
    );
    send({
      index,
      code: refused?.code ?? 'read',
      ...(fault ? { fault: JSON.stringify({ ...fault, unsaid: unsaid(fault) }) } : {}),
    });
  }
  send({ done: true });
}

function fuzz(format, options) {
  return new Promise((resolve) => {
    const codes = new Map();
    const failures = [];
    let current = -1;
    const start = (from) => {
      const worker = new Worker(fileURLToPath(import.meta.url), {
        workerData: { format, file: SEEDS[format], from, ...options },
        resourceLimits: { maxOldGenerationSizeMb: 512 },
      });
      let timer;
      let over = false;
      const next = (why) => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        failures.push(`${format} #${current}: ${why}`);
        void worker
          .terminate()
          .then(() => (current + 1 < options.count ? start(current + 1) : resolve({ codes, failures })));
      };
      worker.on('message', (message) => {
        clearTimeout(timer);
        if (message.done) {
          over = true;
          resolve({ codes, failures });
          return;
        }
        timer = setTimeout(() => next('hangs'), HANG_MS);
        if (message.started !== undefined) current = message.started;
        else {
          codes.set(message.code, (codes.get(message.code) ?? 0) + 1);
          if (message.fault) failures.push(`${format} #${message.index}: ${message.fault}`);
        }
      });
      worker.on('error', (error) => next(`crashes: ${error.message}`));
    };
    start(0);
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  });
  const options = { count: Number(values.count), seed: Number(values.seed) };
  const present = new Set(readdirSync(FIXTURES));
  const formats = Object.keys(SEEDS).filter(
    (format) => present.has(SEEDS[format]) && (!values.only || values.only === format),
  );
  let failed = 0;
  // The slow formats first, one on each core: the short ones fill what is left.
  const waiting = formats.toSorted((a, b) => SLOW.indexOf(b) - SLOW.indexOf(a));
  const next = async () => {
    for (let format = waiting.shift(); format; format = waiting.shift()) await report(format);
  };
  const report = async (format) => {
    const before = performance.now();
    const { codes, failures } = await fuzz(format, options);
    const seconds = ((performance.now() - before) / 1000).toFixed(1);
    const told = [...codes].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
    process.stdout.write(
      `${format}: ${options.count} files, ${seconds} s, ${failures.length} failures\n    ${told.join(', ')}\n`,
    );
    for (const failure of failures.slice(0, 10)) process.stdout.write(`    ${failure.slice(0, 400)}\n`);
    failed += failures.length;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  process.exit(failed === 0 ? 0 : 1);
}

if (isMainThread) await main();
else await work(workerData);
