import type { Cpv } from '../kernel/index.js';
import { deterministicId } from '../platform/ids.js';
import {
  loadGeography,
  loadTradeCodes,
  type Activity,
  type Enterprise,
  type Zone,
} from '../registry/index.js';
import type { PackageToMatch } from './domain/index.js';
import type { OpenPackage } from './matching-run.js';

/** Numbers in [0, 1) that follow from a seed alone. @source mulberry32, public domain */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Divisions that social enterprises work in. */
const DIVISIONS = ['45', '77', '90', '63', '60', '79', '55', '98'];

/** Shares of the register by country: the basin's own country and what lies around it. */
const COUNTRIES: readonly (readonly [country: string, share: number])[] = [
  ['BE', 0.35],
  ['FR', 0.35],
  ['NL', 0.14],
  ['DE', 0.13],
  ['LU', 0.03],
];

interface Place {
  readonly country: string;
  readonly postalCode: string;
  readonly nis: string | null;
  readonly nuts: string | null;
  readonly lat: number;
  readonly lon: number;
}

interface World {
  readonly trades: readonly Cpv[];
  readonly places: ReadonlyMap<string, readonly Place[]>;
  readonly municipalities: readonly { readonly nis: string; readonly nuts3: string }[];
}

let world: World | undefined;

/** What is asked for often is not what comes first in the vocabulary, nor what stands high in it. */
function shuffled(codes: readonly Cpv[]): Cpv[] {
  return codes
    .map((code) => ({ code, at: deterministicId('popularity', code) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ code }) => code);
}

function loadWorld(): World {
  const geography = loadGeography();
  const isWhole = (place: Place): boolean => place.country !== 'BE' || place.nis !== null;
  world ??= {
    trades: shuffled([...loadTradeCodes()].filter((code) => DIVISIONS.includes(code.slice(0, 2)))),
    places: Map.groupBy(geography.allLocalities().filter(isWhole), ({ country }) => country),
    municipalities: [...geography.municipalities.values()],
  };
  return world;
}

/** A few codes are asked and declared much more often than the others, as in life. */
function zipf<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(list.length * random() ** 2.5)]!;
}

function aPlace({ places }: World, random: () => number): Place {
  let left = random();
  const [country] = COUNTRIES.find(([, share]) => (left -= share) < 0) ?? COUNTRIES[0]!;
  return pick(places.get(country)!, random);
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(list.length * random())]!;
}

/** 55 % a radius, 35 % areas, 10 % the whole country. */
function aZone(random: () => number, { municipalities, places }: World, country: string): Zone {
  const kind = random();
  if (kind < 0.55) return { type: 'radius', km: 5 + Math.floor(random() * 75), areas: [] };
  if (kind >= 0.9) return { type: 'country', km: null, areas: [] };
  const areas = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    if (country !== 'BE') {
      const place = pick(places.get(country)!, random);
      return random() < 0.5 ? `postal:${country}-${place.postalCode}` : `nuts:${place.nuts}`;
    }
    const municipality = pick(municipalities, random);
    return random() < 0.5 ? `nis:${municipality.nis}` : `nuts:${municipality.nuts3}`;
  });
  return { type: 'areas', km: null, areas: [...new Set(areas)] };
}

function anActivity(random: () => number, where: World, country: string): Activity {
  const trades = Array.from({ length: 1 + Math.floor(random() * 4) }, () => zipf(where.trades, random));
  return {
    trades: [...new Set(trades)],
    modes: ['works-or-service'],
    zone: aZone(random, where, country),
    capacity: {
      minValue: `${Math.floor(random() * 5000)}.00`,
      maxValue: `${10_000 + Math.floor(random() * 490_000)}.00`,
      hoursPerWeek: 40 + Math.floor(random() * 800),
      from: null,
      partialScope: random() < 0.6,
    },
  };
}

/** The i-th enterprise of a seed; the first ones are the same whatever the number generated. */
export function benchEnterprise(seed: number, i: number): Enterprise {
  const where = loadWorld();
  const random = randomFrom(seed * 1_000_003 + i);
  const { country, postalCode, nis, lat, lon } = aPlace(where, random);
  const kind = pick(['WAL_EI', 'WAL_EI', 'WAL_ETA', 'WAL_IES', 'FED_SC_ES'], random);
  return {
    id: deterministicId('bench', String(seed), String(i)),
    name: `Entreprise ${i}`,
    kind,
    active: true,
    delisted: false,
    contactEmail: `e${i}@example.org`,
    approvals: [],
    ratios: [],
    location: { country, postalCode, nis, lat, lon, address: null },
    activities: Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      anActivity(random, where, country),
    ),
    credentials: [],
    openToTeams: random() < 0.5,
    members: [],
    mainAimIntegration: true,
    art59: null,
    statutes: null,
  };
}

/** The i-th package of a seed: one or two trades at one place. */
export function benchPackage(seed: number, i: number): PackageToMatch {
  const where = loadWorld();
  const random = randomFrom(seed * 2_000_003 + 7 * i);
  const site = aPlace(where, random);
  const trades = Array.from({ length: 1 + Math.floor(random() * 2) }, () => zipf(where.trades, random));
  return {
    id: deterministicId('bench package', String(seed), String(i)),
    trades: [...new Set(trades)],
    allTrades: false,
    mode: 'works-or-service',
    kinds: null,
    value: `${2000 + Math.floor(random() * 200_000)}.00`,
    hours: null,
    place: {
      sites: [
        site.nis !== null && random() < 0.5 ? `nis:${site.nis}` : `postal:${site.country}-${site.postalCode}`,
      ],
      wholeCountry: false,
      country: site.country,
      countryWideEnterprises: 'include',
      enterprisesWithin: null,
    },
    start: '2027-03-01',
    end: '2027-08-31',
    credentials: [],
    instrument: 'VOLUNTARY',
  };
}

/** So many packages of one tender, from the first named on; none of them is one of `benchPackage`. */
export function benchTender(seed: number, from: number, count: number): OpenPackage[] {
  const id = deterministicId('bench tender', String(seed));
  return Array.from({ length: count }, (_, i) => ({
    package: benchPackage(seed + 1, from + i),
    tenderId: id,
    organisationId: id,
    version: 1,
    facts: null,
  }));
}
