import { WHAT_IF_LIMITS } from '../../matching/index.js';
import type { ProfileWish } from '../../matching/index.js';
import { resolvePlace } from '../../registry/index.js';
import { loadTagModel, searchCodes } from '../../tagging/index.js';

export interface ProfileWishRead {
  /** Null when nothing is asked that makes a difference. */
  readonly wish: ProfileWish | null;
  readonly entries: { readonly trade: string; readonly place: string; readonly extraKm: string };
  /** What was typed and is not known. */
  readonly unknown: readonly ('trade' | 'place')[];
}

const LONGEST = 100;

/** What an enterprise wonders about itself, as an address says it: a trade in plain words or as a code, a place, kilometres. */
export function readProfileWish(query: Readonly<Record<string, unknown>>): ProfileWishRead {
  const text = (key: string): string => {
    const value = query[key];
    return typeof value === 'string' ? value.trim().slice(0, LONGEST) : '';
  };
  const entries = { trade: text('trade'), place: text('place'), extraKm: text('extraKm') };
  const trades = entries.trade === '' ? [] : searchCodes(loadTagModel(), entries.trade, 1);
  const areas = entries.place === '' ? [] : areasOf(entries.place);
  const extraKm = Math.max(0, Math.min(WHAT_IF_LIMITS.km, Math.round(Number(entries.extraKm)) || 0));
  const isAsked = trades.length > 0 || areas.length > 0 || extraKm > 0;
  return {
    wish: isAsked ? { trades, areas, extraKm } : null,
    entries,
    unknown: [
      ...(entries.trade !== '' && trades.length === 0 ? (['trade'] as const) : []),
      ...(entries.place !== '' && areas.length === 0 ? (['place'] as const) : []),
    ],
  };
}

/** The municipality of a name or a postal code. */
function areasOf(words: string): readonly string[] {
  const stated = /^\d{4}$/.test(words)
    ? { postalCode: words, country: 'BE' }
    : { municipality: words, country: 'BE' };
  return resolvePlace(stated)
    .sites.filter((key) => key.startsWith('nis:'))
    .slice(0, 1);
}
