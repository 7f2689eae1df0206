#!/usr/bin/env node
// Reads and packages large documents, each in a process of its own, and says how long it took and how much memory.
// Usage: node bin/build.mjs && node test/bench/reading.mjs [--only workbook-5000]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { strToU8, zipSync } from 'fflate';

const FIXTURES = new URL('../fixtures/tenders/', import.meta.url);
const DIST = new URL('../../dist/src/', import.meta.url);
const MIB = 1024 * 1024;

/** What is read, and what it may take: seconds by the clock on two cores, MiB resident. */
const TASKS = {
  'workbook-5000': { run: () => workbook(5_000), seconds: 3, mib: 300 },
  'workbook-50000': { run: () => workbook(50_000), seconds: 20, mib: 400 },
  'ted-day': { run: tedDay, seconds: 90, mib: 400 },
};

/** Left alone, V8 lets garbage grow until it is asked not to: the process is told what it has. */
const heapWithin = (mib) => [`--max-old-space-size=${Math.round((mib * 2) / 3)}`, '--max-semi-space-size=16'];

/** Chapters as bills have them, so that packages are formed of them. */
const CHAPTERS = [
  ['Peintures', 'Peinture des murs intérieurs, deux couches', 'm2', '8.5'],
  ['Carrelages', 'Carrelage de sol en grès cérame collé', 'm2', '42'],
  ['Cloisons', 'Cloison en plaques de plâtre sur ossature métallique', 'm2', '55'],
  ['Plantations', 'Plantation d’arbustes en motte, fourniture comprise', 'pc', '14'],
  ['Démolitions', 'Démontage soigneux de portes intérieures', 'pc', '25'],
  ['Toitures', 'Couverture en tuiles de terre cuite', 'm2', '61'],
  ['Électricité', 'Prise de courant encastrée avec câblage', 'pc', '38'],
  ['Nettoyage', 'Nettoyage de fin de chantier', 'm2', '2.1'],
];

function workbookBytes(lines) {
  const cell = (column, row, text) => `<c r="${column}${row}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const value = (column, row, number) => `<c r="${column}${row}"><v>${number}</v></c>`;
  const rows = [
    `<row r="1">${['Poste', 'Désignation', 'Unité', 'Quantité', 'Prix unitaire', 'Prix total']
      .map((text, index) => cell('ABCDEF'[index], 1, text))
      .join('')}</row>`,
  ];
  const each = Math.ceil(lines / CHAPTERS.length);
  let row = 2;
  CHAPTERS.forEach(([title, label, unit, price], chapter) => {
    rows.push(`<row r="${row}">${cell('A', row, String(chapter + 1))}${cell('B', row, title)}</row>`);
    row += 1;
    for (let n = 0; n < each && rows.length - chapter - 2 < lines; n += 1, row += 1) {
      const quantity = 10 + (n % 90);
      rows.push(
        `<row r="${row}">${cell('A', row, `${chapter + 1}.${n + 1}`)}${cell('B', row, `${label}, local ${n + 1}`)}` +
          `${cell('C', row, unit)}${value('D', row, quantity)}${value('E', row, price)}` +
          `${value('F', row, (quantity * Number(price)).toFixed(2))}</row>`,
      );
    }
  });
  const ns = 'http://schemas.openxmlformats.org/';
  const rels = (type, target) =>
    strToU8(
      `<Relationships xmlns="${ns}package/2006/relationships"><Relationship Id="rId1" Type="${ns}officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`,
    );
  return zipSync({
    '_rels/.rels': rels('officeDocument', 'xl/workbook.xml'),
    'xl/_rels/workbook.xml.rels': rels('worksheet', 'worksheets/sheet1.xml'),
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="Métré" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`),
  });
}

async function load() {
  const [{ parseTender }, { proposePackages }, { loadTagModel }] = await Promise.all(
    ['tenders/formats/index.js', 'pipeline/propose-packages.js', 'tagging/files/load-model.js'].map(
      (path) => import(new URL(path, DIST)),
    ),
  );
  return { parseTender, proposePackages, loadTagModel };
}

async function workbook(lines) {
  const bytes = workbookBytes(lines);
  const { parseTender, proposePackages } = await load();
  return {
    work: async () => {
      const read = await parseTender(bytes, 'a.xlsx');
      const found = read.lots.flatMap((lot) => lot.lines).length;
      if (found !== lines) throw new Error(`${found} lines of ${lines} read`);
      return { lines: found, packages: proposePackages(read).packages.length };
    },
  };
}

/** One day of TED: real notices of two formats repeated, each under an identifier of its own. */
async function tedDay() {
  const notices = ['546568-2020.xml', '547670-2023.xml'].map((name) =>
    readFileSync(new URL(name, FIXTURES), 'utf8'),
  );
  const { parseTender, proposePackages } = await load();
  return {
    work: async () => {
      let packages = 0;
      for (let n = 0; n < 3_000; n += 1) {
        const xml = notices[n % 2].replaceAll(/54(6568|7670)/g, String(100_000 + n));
        const read = await parseTender(strToU8(xml), `${n}.xml`);
        if (read.refused) throw new Error(read.refused.code);
        packages += proposePackages(read).packages.length;
      }
      return { notices: 3_000, packages };
    },
  };
}

async function measure(name) {
  const { work } = await TASKS[name].run();
  const [clock, cpu] = [performance.now(), process.cpuUsage()];
  const found = await work();
  const spent = process.cpuUsage(cpu);
  return {
    ...found,
    seconds: Number(((performance.now() - clock) / 1000).toFixed(2)),
    cpuSeconds: Number(((spent.user + spent.system) / 1e6).toFixed(2)),
    // The whole process: the document made for it, the model of the tagger and the result are in it.
    peakMib: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

const { values } = parseArgs({ options: { only: { type: 'string' }, task: { type: 'string' } } });
if (values.task) process.stdout.write(JSON.stringify(await measure(values.task)));
else {
  const script = fileURLToPath(import.meta.url);
  const report = {};
  let over = 0;
  for (const [name, { seconds, mib }] of Object.entries(TASKS)) {
    if (values.only && values.only !== name) continue;
    const found = JSON.parse(
      execFileSync(process.execPath, [...heapWithin(mib), script, '--task', name], {
        maxBuffer: MIB,
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    const fits = found.seconds <= seconds && found.peakMib <= mib;
    if (!fits) over += 1;
    report[name] = { ...found, allowed: { seconds, mib }, fits };
  }
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model, node: process.version };
  process.stdout.write(`${JSON.stringify({ machine, report }, null, 2)}\n`);
  process.exitCode = over === 0 ? 0 : 1;
}
