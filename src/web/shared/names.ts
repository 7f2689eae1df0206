import type { Language } from '../../kernel/index.js';

/** Words for the codes that pages show: trades, kinds of enterprise, places. */
export interface Names {
  /** Label of a CPV code; the code itself when it has none. */
  trade(language: Language, code: string): string;
  /** Name of a kind of enterprise (`WAL_EI`). */
  kind(language: Language, code: string): string;
  /** Name of a place given by its key (`nis:62096`). */
  site(language: Language, key: string): string;
}

const ORDER = ['nis:', 'postal:', 'nuts:', 'geo:'];

/** The keys that say best where it is: the same place has a key on every level. */
export function shownSites(sites: readonly string[]): string[] {
  const prefix = ORDER.find((candidate) => sites.some((site) => site.startsWith(candidate)));
  return prefix === undefined ? [] : sites.filter((site) => site.startsWith(prefix));
}
