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

interface World {
  readonly trades: readonly Cpv[];
  readonly localities: readonly {
    readonly postalCode: string;
    readonly nis: string;
    readonly lat: number;
    readonly lon: number;
  }[];
  readonly municipalities: readonly { readonly nis: string; readonly nuts3: string }[];
}

let world: World | undefined;

function loadWorld(): World {
  const geography = loadGeography();
  world ??= {
    trades: [...loadTradeCodes()].filter((code) => DIVISIONS.includes(code.slice(0, 2))).sort(),
    localities: geography
      .allLocalities()
      .flatMap((place) => (place.nis === null ? [] : [{ ...place, nis: place.nis }])),
    municipalities: [...geography.municipalities.values()],
  };
  return world;
}

/** A few codes are asked and declared much more often than the others, as in life. */
function zipf<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(list.length * random() ** 2.5)]!;
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(list.length * random())]!;
}

/** 55 % a radius, 35 % areas, 10 % the whole country. */
function aZone(random: () => number, { municipalities }: World): Zone {
  const kind = random();
  if (kind < 0.55) return { type: 'radius', km: 5 + Math.floor(random() * 75), areas: [] };
  if (kind >= 0.9) return { type: 'country', km: null, areas: [] };
  const areas = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    const municipality = pick(municipalities, random);
    return random() < 0.5 ? `nis:${municipality.nis}` : `nuts:${municipality.nuts3}`;
  });
  return { type: 'areas', km: null, areas: [...new Set(areas)] };
}

function anActivity(random: () => number, where: World): Activity {
  const trades = Array.from({ length: 1 + Math.floor(random() * 4) }, () => zipf(where.trades, random));
  return {
    trades: [...new Set(trades)],
    modes: ['works-or-service'],
    zone: aZone(random, where),
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
  const { postalCode, nis, lat, lon } = pick(where.localities, random);
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
    location: { country: 'BE', postalCode, nis, lat, lon, address: null },
    activities: Array.from({ length: 1 + Math.floor(random() * 3) }, () => anActivity(random, where)),
    credentials: [],
    openToTeams: random() < 0.5,
    members: [],
    mainAimIntegration: true,
    art59: null,
    statutes: null,
  };
}

/** The i-th package of a seed: one or two trades at one place in Belgium. */
export function benchPackage(seed: number, i: number): PackageToMatch {
  const where = loadWorld();
  const random = randomFrom(seed * 2_000_003 + 7 * i);
  const site = pick(where.localities, random);
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
      sites: [random() < 0.5 ? `nis:${site.nis}` : `postal:BE-${site.postalCode}`],
      wholeCountry: false,
      country: 'BE',
      countryWideEnterprises: 'include',
      enterprisesWithin: null,
    },
    start: '2027-03-01',
    end: '2027-08-31',
    credentials: [],
    instrument: 'VOLUNTARY',
  };
}
