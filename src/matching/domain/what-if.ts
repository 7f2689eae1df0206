import { addDays, type Cpv, type Day, type SiteKey } from '../../kernel/index.js';
import type { Activity, Enterprise, Geography } from '../../registry/domain/index.js';
import type { Match } from './match-enterprises.js';
import type { PackageToMatch } from './package-to-match.js';

/** What a contractor may wonder about a package. */
export type WhatIf =
  | { readonly change: 'later'; readonly days: number }
  /** Only enterprises within so many kilometres of the first site. */
  | { readonly change: 'within'; readonly km: number }
  /** No matter how far, whatever wish stands. */
  | { readonly change: 'anywhere' }
  | { readonly change: 'by-site' }
  | { readonly change: 'by-trade' };

export const WHAT_IF_LIMITS = { days: 366, km: 200 } as const;

/**
 * The packages that would be put to enterprises instead of this one: one, or as many as it is split into, value and
 * hours in equal parts. None when the change makes no sense: one site cannot be split by site.
 */
export function hypotheses(
  asked: PackageToMatch,
  wish: WhatIf,
  geography: Geography,
): readonly PackageToMatch[] {
  switch (wish.change) {
    case 'later': {
      const move = (day: Day | null): Day | null => day && addDays(day, wish.days);
      return asked.start === null ? [] : [{ ...asked, start: move(asked.start), end: move(asked.end) }];
    }
    case 'within': {
      const [site] = asked.place.sites;
      const [centre] = site ? (geography.extent(site)?.points ?? []) : [];
      if (!centre) return [];
      const enterprisesWithin = { geo: `${centre.lat},${centre.lon}`, km: wish.km };
      return [{ ...asked, place: { ...asked.place, enterprisesWithin } }];
    }
    case 'anywhere':
      return asked.place.enterprisesWithin === null
        ? []
        : [{ ...asked, place: { ...asked.place, enterprisesWithin: null } }];
    case 'by-site':
      return parts(asked, asked.place.sites, (site) => ({ place: { ...asked.place, sites: [site] } }));
    case 'by-trade':
      return parts(asked, asked.trades, (trade) => ({ trades: [trade], allTrades: false }));
  }
}

function parts<Key>(
  asked: PackageToMatch,
  keys: readonly Key[],
  change: (key: Key) => Partial<PackageToMatch>,
): PackageToMatch[] {
  if (keys.length < 2) return [];
  return keys.map((key) => ({
    ...asked,
    value: asked.value === null ? null : (Number(asked.value) / keys.length).toFixed(2),
    hours: asked.hours === null ? null : asked.hours / keys.length,
    ...change(key),
  }));
}

/** What an enterprise wonders about itself. */
export interface ProfileWish {
  readonly trades: readonly Cpv[];
  readonly areas: readonly SiteKey[];
  /** Kilometres added to every radius. */
  readonly extraKm: number;
}

/**
 * An enterprise that does more trades, further around and in more areas; its members too. Where a radius or a country is
 * served, areas are those of the same activity once more, as it would be declared. Whoever declares nothing yet begins with the trades.
 */
export function widened(enterprise: Enterprise, wish: ProfileWish): Enterprise {
  const widen = (activities: readonly Activity[]): Activity[] =>
    activities.flatMap((activity) => withMore(activity, wish));
  const isBare = [enterprise, ...enterprise.members].every(({ activities }) => activities.length === 0);
  return {
    ...enterprise,
    activities: widen(isBare ? [NOTHING_YET] : enterprise.activities),
    members: enterprise.members.map((member) => ({ ...member, activities: widen(member.activities) })),
  };
}

const NOTHING_YET: Activity = {
  trades: [],
  modes: [],
  zone: { type: 'unset', km: null, areas: [] },
  capacity: { minValue: null, maxValue: null, hoursPerWeek: null, from: null, partialScope: false },
};

function withMore(activity: Activity, { trades, areas, extraKm }: ProfileWish): Activity[] {
  const { zone } = activity;
  const more = { ...activity, trades: [...new Set([...activity.trades, ...trades])] };
  const there = { ...more, zone: { type: 'areas' as const, km: null, areas: [...zone.areas, ...areas] } };
  if (zone.type === 'areas' || zone.type === 'unset') return areas.length > 0 ? [there] : [more];
  const around = zone.km === null ? more : { ...more, zone: { ...zone, km: zone.km + extraKm } };
  return areas.length > 0 ? [around, there] : [around];
}

/** Who can do it, whole or in part, now and then. */
export interface Comparison {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly kept: readonly string[];
}

/** Compares by enterprise: one that fits any of the parts fits. Best first. */
export function compareCandidates(
  before: readonly Match[],
  after: readonly (readonly Match[])[],
): Comparison {
  const fitting = (matches: readonly Match[]): string[] => [
    ...new Set(
      matches
        .filter(({ verdict }) => verdict !== 'near-miss')
        .toSorted((a, b) => b.score - a.score || (a.enterpriseId < b.enterpriseId ? -1 : 1))
        .map(({ enterpriseId }) => enterpriseId),
    ),
  ];
  const [now, then] = [fitting(before), fitting(after.flat())];
  return {
    gained: then.filter((id) => !now.includes(id)),
    lost: now.filter((id) => !then.includes(id)),
    kept: now.filter((id) => then.includes(id)),
  };
}
