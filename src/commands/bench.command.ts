import { availableParallelism, cpus, totalmem } from 'node:os';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchFolder, benchMatch, type BenchReport } from '../matching/index.js';
import { SystemClock } from '../platform/clock.js';
import {
  benchPlaceable,
  benchTag,
  loadTagModel,
  type JudgedText,
  type LabelledText,
} from '../tagging/index.js';
import { parseTender } from '../tenders/index.js';
import { linesOf } from './blocks.js';
import { usage } from './usage.js';
import type { Call, ExitCode, Verb } from './verb.js';
import { withKeptDatabase, withTemporaryDatabase, type OpenDatabase } from './with-database.js';

const THREAD = new URL('../matching/bench-thread.js', import.meta.url);

const nowMs = (): number => performance.now();
/** One core's time, the collector's included, whoever else uses the machine. */
const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** What the figures were measured on; without it they say nothing. */
const machine = (): object => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
});

async function tag({ values, terminal }: Call): Promise<ExitCode> {
  const file = values['labelled'];
  if (typeof file !== 'string') throw usage('bench tag --labelled FILE.jsonl[.gz]', '');
  const texts: LabelledText[] = [];
  const judged: JudgedText[] = [];
  for await (const block of terminal.blocks(file))
    for (const { text } of linesOf(block)) {
      const one = JSON.parse(text) as LabelledText | JudgedText;
      if ('cpv' in one) texts.push(one);
      if ('labels' in one) judged.push(one);
    }
  const report = benchTag(loadTagModel(), texts, processorMs);
  const placeable = judged.length > 0 ? benchPlaceable(loadTagModel(), judged) : null;
  terminal.note(
    '           texts  top-1  top-3  group  at 90  confidence off by, by chance alone, beyond it',
  );
  for (const [language, figures] of Object.entries(report.languages)) {
    const { texts: count, top1, top3, groupTop5, coverageAt90 } = figures;
    const { calibrationError: error, calibrationErrorByChance, calibrationErrorBeyondChance } = figures;
    const confidence = [error, calibrationErrorByChance, calibrationErrorBeyondChance];
    const columns = [top1, top3, groupTop5, coverageAt90, ...confidence].map(
      (share) => share?.toFixed(3) ?? '-',
    );
    terminal.note([language.padEnd(8), String(count).padStart(6), ...columns].join('  '));
  }
  if (placeable) {
    const { accuracy, acceptedPrecision, acceptedShare } = placeable;
    terminal.note(
      `placeable  ${placeable.agreed}  ${accuracy}  accepted right ${acceptedPrecision} of ${acceptedShare}`,
    );
  }
  await terminal.print({ machine: machine(), ...report, placeable });
  return 0;
}

const MATCH_USAGE = 'bench match --enterprises N --packages M [--seed S] [--database URL | --data FOLDER]';

async function match({ values, terminal }: Call): Promise<ExitCode> {
  const count = (name: string, otherwise: string): number => {
    const text = String(values[name] ?? otherwise);
    if (!/^\d{1,8}$/.test(text)) throw usage(MATCH_USAGE, text);
    return Number(text);
  };
  const size = {
    enterprises: count('enterprises', '1000'),
    packages: count('packages', '200'),
    seed: count('seed', '1'),
  };
  const { database: server, data } = values as { readonly database?: string; readonly data?: string };
  if (server !== undefined && data !== undefined) throw usage(MATCH_USAGE, '--database --data');
  const measure = ({ database }: OpenDatabase): Promise<BenchReport> =>
    benchMatch(size, database, {
      clock: new SystemClock(),
      note: (text) => terminal.note(text),
      thread: THREAD,
    });
  const report = await (data === undefined
    ? withTemporaryDatabase(measure, server)
    : withKeptDatabase(benchFolder(data, size), measure));
  await terminal.print({ machine: machine(), ...report });
  return 0;
}

async function parse({ positionals: [, folder], terminal }: Call): Promise<ExitCode> {
  if (!folder) throw usage('bench parse DIR', '');
  const documents: object[] = [];
  for (const name of (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )) {
    const path = join(name.parentPath, name.name);
    const bytes = await readFile(path);
    const start = nowMs();
    const parsed = await parseTender(bytes, name.name);
    const ms = Math.round((nowMs() - start) * 10) / 10;
    const outcome =
      'refused' in parsed
        ? { refused: parsed.refused.code }
        : {
            format: parsed.format,
            lots: parsed.lots.length,
            lines: parsed.lots.reduce((sum, lot) => sum + lot.lines.length, 0),
            problems: parsed.problems.length,
          };
    terminal.note(`${String(ms).padStart(8)} ms  ${path}`);
    documents.push({ path, bytes: bytes.length, ms, ...outcome });
  }
  await terminal.print({
    machine: machine(),
    documents,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  });
  return 0;
}

const BENCHES: Readonly<Record<string, (call: Call) => Promise<ExitCode>>> = { tag, match, parse };

export const bench: Verb = {
  usage: 'tag --labelled FILE | match --enterprises N --packages M | parse DIR',
  options: {
    labelled: { type: 'string' },
    enterprises: { type: 'string' },
    packages: { type: 'string' },
    seed: { type: 'string' },
    database: { type: 'string' },
    data: { type: 'string' },
  },
  async run(call) {
    const [name = ''] = call.positionals;
    const chosen = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (!chosen) throw usage(`bench ${bench.usage}`, name);
    return chosen(call);
  },
};
