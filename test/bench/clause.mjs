#!/usr/bin/env node
// Clause answers per second, in one process, from facts already read: node bin/build.mjs && node test/bench/clause.mjs
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parse } from 'yaml';
import { clauseOptions, rulesFromFiles } from '../../dist/src/legal-basis/index.js';
import { Messages, MESSAGES_FOLDER } from '../../dist/src/platform/i18n/index.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5000);
const file = new URL('../../src/legal-basis/cases/clauses.yaml', import.meta.url);
const facts = parse(readFileSync(file, 'utf8')).map((row) => ({ id: row.id, ...row.facts }));
const rules = rulesFromFiles();
const messages = Messages.load(MESSAGES_FOLDER);
const french = (key, params) => messages.text('fr', key, params);

function measure(what, work) {
  for (let round = 0; round < 200; round += 1) for (const one of facts) work(one);
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const cpu = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) for (const one of facts) work(one);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const answers = ROUNDS * facts.length;
  const perSecond = Math.round(answers / seconds);
  // What the process itself used: the figure that a busy machine does not blur.
  const perCpuSecond = Math.round(answers / ((user + system) / 1e6));
  const grownMiB = Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20);
  return { what, answers, seconds: Number(seconds.toFixed(2)), perSecond, perCpuSecond, grownMiB };
}

const results = [
  measure('decided', (one) => clauseOptions(rules, one)),
  measure('decided, in French', (one) => clauseOptions(rules, one, french)),
  measure('decided, in French, written as JSON', (one) => JSON.stringify(clauseOptions(rules, one, french))),
];
process.stdout.write(
  `${JSON.stringify({ node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, results }, null, 2)}\n`,
);
