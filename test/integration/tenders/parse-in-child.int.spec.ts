import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { fromRoot } from '../../../src/platform/project-root.js';
import { LIMITS, isRefused, parseInChild, parseTender } from '../../../src/tenders/index.js';

const MIB = 1024 * 1024;

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fromRoot('test', 'fixtures', 'tenders', name)));
}

const bytes = fixture('01-maisons-ouvrieres-25-lignes.xlsx');

/** Processes of ours that read a document now; only where the system tells. */
function readers(): number {
  if (!existsSync('/proc/self')) return 0;
  return readdirSync('/proc').filter((pid) => {
    try {
      const parts = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (
        parts[1] === String(process.pid) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('parse-child')
      );
    } catch {
      return false;
    }
  }).length;
}

function rels(type: string, target: string): Uint8Array {
  return strToU8(
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`,
  );
}

/** Deflates to 1/1000; the sheet is well formed to the last byte that fits. */
function hugeSheet(mebibytes: number): Uint8Array {
  const cell = '<c t="inlineStr"><is><t>Peinture de murs</t></is></c>';
  const row = `<row>${cell.repeat(190)}</row>`;
  const rows = row.repeat(Math.floor((mebibytes * MIB) / row.length));
  return zipSync({
    '_rels/.rels': rels('officeDocument', 'xl/workbook.xml'),
    'xl/_rels/workbook.xml.rels': rels('worksheet', 'worksheets/sheet1.xml'),
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="M" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`),
  });
}

describe('reading in a process that is thrown away', () => {
  it('gives what reading here gives', async () => {
    expect(await parseInChild(bytes, 'a.xlsx')).toEqual(await parseTender(bytes, 'a.xlsx'));
  });

  it('gives what no database keeps as a mark in its place, and words about it as they are', async () => {
    const whole = Buffer.from(fixture('maison-de-quartier.json')).toString('utf8');
    const title = String.raw`Pein\u0000ture \ud83c\udfa8 \ud800 \\u0000 \\\udfff`;
    const said = whole.replace(/"title": "[^"]*"/, `"title": "${title}"`);
    const read = await parseInChild(strToU8(said), 'a.json');
    expect(isRefused(read) ? read.refused : read.tender.title).toBe(String.raw`Pein�ture 🎨 � \u0000 \�`);
  });

  it('gives the refusal that reading here gives', async () => {
    const xml = strToU8('<!DOCTYPE x><x/>');
    expect(await parseInChild(xml, 'a.xml')).toEqual(await parseTender(xml, 'a.xml'));
  });

  it('refuses what is too large before it starts anything', async () => {
    const result = await parseInChild(new Uint8Array(LIMITS.upload.value + 1), 'a.xlsx');
    expect(result).toMatchObject({ refused: { code: 'file.limit.upload' } });
  });

  it('reads at most two at once; the others wait and are read', async () => {
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, readers());
    }, 20);
    const results = await Promise.all(Array.from({ length: 7 }, () => parseInChild(bytes, 'a.xlsx')));
    clearInterval(watch);
    expect(results.every((result) => !isRefused(result))).toBe(true);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(LIMITS.parallel.value);
  });

  it('reads the patient last, and leaves the others a place', async () => {
    const ended: string[] = [];
    const read = async (who: string, isPatient: boolean): Promise<void> => {
      await parseInChild(bytes, 'a.xlsx', { isPatient });
      ended.push(who);
    };
    await Promise.all([
      read('first', false),
      read('patient', true),
      read('patient, too', true),
      read('second', false),
    ]);
    expect(ended.toSorted()).toEqual(['first', 'patient', 'patient, too', 'second']);
    expect(ended.slice(2)).toEqual(['patient', 'patient, too']);
  });

  it('ends when told to, and leaves nothing running', async () => {
    const stop = new AbortController();
    const reading = parseInChild(bytes, 'a.xlsx', { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 30);
    await expect(reading).rejects.toThrow('enough');
    expect(await parseInChild(bytes, 'a.xlsx')).toMatchObject({ format: 'xlsx' });
    expect(readers()).toBe(0);
  });

  it('answers an attack without the parent growing or standing still', async () => {
    const attack = hugeSheet(180);
    expect(attack.length).toBeLessThan(MIB);
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 10);
    const before = process.memoryUsage.rss();
    const result = await parseInChild(attack, 'a.xlsx');
    clearInterval(turning);
    expect(isRefused(result) && result.refused.code).toMatch(
      /^(file\.limit\.(memory|seconds|rows)|bill\.table\.none)$/,
    );
    expect((process.memoryUsage.rss() - before) / MIB).toBeLessThan(64);
    // Reading it here would leave no turn to anything else, however fast the machine.
    expect(turns).toBeGreaterThan(10);
  }, 40_000);

  it('has no environment, no way out to files, and no other process', async () => {
    const probe = `
      const tried = {};
      const attempt = (name, act) => { try { act(); tried[name] = 'done'; } catch (error) { tried[name] = error.code; } };
      const { readFileSync, writeFileSync } = await import('node:fs');
      const { spawnSync } = await import('node:child_process');
      attempt('readOutside', () => readFileSync('/etc/hostname'));
      attempt('write', () => writeFileSync(process.cwd() + '/probe', ''));
      attempt('spawn', () => { const run = spawnSync('true'); if (run.error) throw run.error; });
      tried.environment = Object.keys(process.env).filter((name) => !name.startsWith('__'));
      process.stdout.write(JSON.stringify(tried));
    `;
    const { spawnChild } = await import('../../../src/tenders/parse-in-child.js');
    const child = spawnChild(['--input-type=module', '-e', probe]);
    const out: Buffer[] = [];
    child.stdout!.on('data', (chunk: Buffer) => out.push(chunk));
    await new Promise((closed) => child.on('close', closed));
    expect(JSON.parse(Buffer.concat(out).toString())).toEqual({
      readOutside: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      spawn: 'ERR_ACCESS_DENIED',
      environment: [],
    });
  });
});
