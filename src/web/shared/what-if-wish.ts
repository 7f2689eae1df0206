import { WHAT_IF_LIMITS, type WhatIf } from '../../matching/index.js';

export const CHANGES = ['later', 'within', 'by-site', 'by-trade'] as const;
export type Change = (typeof CHANGES)[number];

/** A number within its bounds, or the usual one. */
function bounded(value: unknown, most: number, usual: number): number {
  const given = Math.round(
    Number(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN),
  );
  return given >= 1 && given <= most ? given : usual;
}

/** What somebody wonders about a package, as an address says it; null when it wonders nothing. */
export function readWhatIf(query: Readonly<Record<string, unknown>>): WhatIf | null {
  const change = CHANGES.find((known) => known === query['change']);
  switch (change) {
    case undefined:
      return null;
    case 'later':
      return { change, days: bounded(query['days'], WHAT_IF_LIMITS.days, 30) };
    case 'within':
      return { change, km: bounded(query['km'], WHAT_IF_LIMITS.km, 25) };
    default:
      return { change };
  }
}
