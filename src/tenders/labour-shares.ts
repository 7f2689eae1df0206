import { readFileSync } from 'node:fs';
import { fromRoot } from '../platform/project-root.js';
import type { LabourOutput, LabourShare, LabourTables } from './domain/index.js';

/** Both editable tables. @throws Error naming the line that is wrong */
export function loadLabourTables(): LabourTables {
  return { shares: loadLabourShares(), outputs: loadLabourOutputs() };
}

/** The editable table `data/labour-share.csv`. @throws Error naming the line that is wrong */
function loadLabourShares(): readonly LabourShare[] {
  const [, ...lines] = readFileSync(fromRoot('data', 'labour-share.csv'), 'utf8').trim().split('\n');
  return lines.map((line, index) => {
    const [trade = '', , ...figures] = line.split(',');
    const [shareMin, shareMax, rateMin, rateMax] = figures.slice(0, 4).map(Number);
    const share = {
      trade,
      shareMin: shareMin ?? NaN,
      shareMax: shareMax ?? NaN,
      rateMin: rateMin ?? NaN,
      rateMax: rateMax ?? NaN,
      source: sourceIn(figures.slice(4)),
    };
    const right =
      /^\d{2,8}$/.test(trade) &&
      share.shareMin > 0 &&
      share.shareMin <= share.shareMax &&
      share.shareMax <= 1 &&
      share.rateMin > 0 &&
      share.rateMin <= share.rateMax &&
      share.source !== '';
    if (!right) throw new Error(`data/labour-share.csv line ${index + 2}: ${line}`);
    return share;
  });
}

/** The editable table `data/labour-output.csv`. @throws Error naming the line that is wrong */
function loadLabourOutputs(): readonly LabourOutput[] {
  const [, ...lines] = readFileSync(fromRoot('data', 'labour-output.csv'), 'utf8').trim().split('\n');
  return lines.map((line, index) => {
    const [trade = '', unit = '', , least, most, ...said] = line.split(',');
    const output = {
      trade,
      unit,
      hoursMin: Number(least),
      hoursMax: Number(most),
      source: sourceIn(said),
    };
    const right =
      /^\d{2,8}$/.test(trade) &&
      unit !== '' &&
      output.hoursMin > 0 &&
      output.hoursMin <= output.hoursMax &&
      output.source !== '';
    if (!right) throw new Error(`data/labour-output.csv line ${index + 2}: ${line}`);
    return output;
  });
}

/** The last column may hold commas, quoted or not. */
function sourceIn(fields: readonly string[]): string {
  return fields
    .join(',')
    .trim()
    .replace(/^"(.*)"$/, '$1');
}
