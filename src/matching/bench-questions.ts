import type { LegalRules } from '../legal-basis/index.js';
import { loadGeography } from '../registry/index.js';
import type { BenchSize } from './bench.js';
import { benchPackage } from './bench-world.js';
import {
  lawOfPackage,
  legalView,
  probeOf,
  questionOf,
  type MatchQuestion,
  type Probe,
} from './domain/index.js';

/** The day of every run. */
export const ON = '2026-11-24';
/** As many of the best as are looked for. */
export const TOP = 50;

/** What is asked for so many packages of a run, from one on. */
export function benchQuestions(
  seed: number,
  rules: LegalRules,
  { from, count }: { readonly from: number; readonly count: number },
): MatchQuestion[] {
  const view = legalView(rules);
  return Array.from({ length: count }, (_, i) => {
    const asked = benchPackage(seed, from + i);
    return questionOf(asked, lawOfPackage(view, null, asked.instrument, ON), loadGeography(), ON);
  });
}

/** Packages of a run, block after block so that none is kept. */
export interface Blocks {
  next(): readonly Probe[];
}

const BLOCK = 1000;

/** What every package of a run is looked up by, and to be shared by all who look up: nobody gets what another got. */
export function benchBlocks({ packages, seed }: BenchSize, rules: LegalRules, from = 0, step = 1): Blocks {
  let block = from;
  return {
    next() {
      const at = block * BLOCK;
      block += step;
      const count = Math.max(0, Math.min(BLOCK, packages - at));
      return benchQuestions(seed, rules, { from: at, count }).map(probeOf);
    },
  };
}
