import { isCpvShape, isSiteKey, type Cpv, type Day, type Problem, type SiteKey } from '../../kernel/index.js';
import { INSTRUMENTS, type Instrument } from '../../legal-basis/domain/index.js';
import {
  DELIVERY_MODES,
  FieldReader,
  isInEurope,
  parsePoint,
  type Bag,
} from '../../registry/domain/index.js';
import type { CredentialRequirement, PackageToMatch, PlaceOfWork } from './package-to-match.js';

export const PACKAGE_LIMITS = {
  trades: 50,
  sites: 200,
  kinds: 60,
  credentials: 20,
  maxDistanceKm: 2000,
} as const;

/** What the check must know of the world. */
export interface PackageKnowledge {
  cpvExists(code: Cpv): boolean;
  placeExists(key: SiteKey): boolean;
  kindExists(kind: string): boolean;
}

const WISHES = ['include', 'exclude', 'only'] as const;

function readPlace(reader: FieldReader, value: unknown, knowledge: PackageKnowledge): PlaceOfWork {
  const bag = reader.bag(value, '/place');
  const sites = reader.list(bag['sites'], '/place/sites', PACKAGE_LIMITS.sites).flatMap((site, i) => {
    const pointer = `/place/sites/${i}`;
    if (isOutside(site)) {
      reader.say(pointer, 'site.outside-europe', site, 'latitude, then longitude: geo:50.5986,5.5079');
      return [];
    }
    if (isSiteKey(site) && knowledge.placeExists(site)) return [site];
    reader.say(pointer, 'site.unknown', site, 'nis:62096, nuts:BE33, postal:BE-4100 or geo:50.5986,5.5079');
    return [];
  });
  const wholeCountry = reader.flag(bag['wholeCountry'], '/place/wholeCountry', false);
  const isTooLong = reader.problems.some(
    ({ place }) => place !== null && 'pointer' in place && place.pointer.startsWith('/place/sites'),
  );
  if (sites.length === 0 && !wholeCountry && !isTooLong) {
    reader.say('/place/sites', 'site.missing', bag['sites'], 'at least one site, or wholeCountry');
  }
  const wish = bag['countryWideEnterprises'] ?? 'include';
  const wanted = WISHES.find((known) => known === wish);
  if (!wanted) reader.say('/place/countryWideEnterprises', 'wish.unknown', wish, WISHES.join(', '));
  const country = reader.text(bag['country'], '/place/country') ?? countryOf(sites[0]) ?? 'BE';
  if (!/^[A-Z]{2}$/.test(country)) reader.say('/place/country', 'country.unknown', country, 'BE, FR, DE ...');
  return {
    sites,
    wholeCountry,
    country,
    countryWideEnterprises: wanted ?? 'include',
    enterprisesWithin: readWithin(reader, bag['enterprisesWithin']),
  };
}

/** A point that no work of ours is at; mostly latitude and longitude the other way round. */
function isOutside(site: unknown): boolean {
  const point = typeof site === 'string' ? parsePoint(site) : null;
  return point !== null && !isInEurope(point);
}

function countryOf(site: SiteKey | undefined): string | null {
  if (!site || site.startsWith('geo:')) return null;
  return site.startsWith('nis:') ? 'BE' : site.slice(site.indexOf(':') + 1).slice(0, 2);
}

function readWithin(reader: FieldReader, value: unknown): PlaceOfWork['enterprisesWithin'] {
  if (value === undefined || value === null) return null;
  const bag = reader.bag(value, '/place/enterprisesWithin');
  const geo = typeof bag['geo'] === 'string' ? bag['geo'].replace(/^geo:/, '') : null;
  const km = reader.number(bag['km'], '/place/enterprisesWithin/km');
  const isPoint = geo !== null && isSiteKey(`geo:${geo}`) && !isOutside(`geo:${geo}`);
  if (!isPoint) reader.say('/place/enterprisesWithin/geo', 'point.unreadable', bag['geo'], '50.48,4.19');
  const isDistance = km !== null && km > 0 && km <= PACKAGE_LIMITS.maxDistanceKm;
  if (!isDistance)
    reader.say('/place/enterprisesWithin/km', 'distance.impossible', bag['km'], 'more than 0 km');
  return isPoint && isDistance ? { geo, km } : null;
}

function readCredential(reader: FieldReader, value: unknown, at: string): CredentialRequirement {
  const bag: Bag = typeof value === 'string' ? { kind: value } : reader.bag(value, at);
  const kind = reader.text(bag['kind'], `${at}/kind`) ?? '';
  if (kind === '')
    reader.say(`${at}/kind`, 'credential.kind.missing', bag['kind'], 'agreation, asbestos, vca ...');
  return {
    kind,
    category: reader.text(bag['category'], `${at}/category`),
    class: reader.number(bag['class'], `${at}/class`),
    technique: reader.text(bag['technique'], `${at}/technique`),
  };
}

/** Hours come as a number, or as a range of which the upper end is planned with. */
function readHours(reader: FieldReader, value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return readHour(reader, value, '/hours');
  const bag = reader.bag(value, '/hours');
  const min = readHour(reader, bag['min'], '/hours/min');
  const max = readHour(reader, bag['max'], '/hours/max');
  if (min !== null && max !== null && max < min)
    reader.say('/hours/max', 'hours.reversed', max, `${min} or more`);
  return max;
}

function readHour(reader: FieldReader, value: unknown, pointer: string): number | null {
  const hours = reader.number(value, pointer);
  if (hours !== null && hours < 0) reader.say(pointer, 'hours.negative', hours, 'zero or more');
  return hours;
}

function readKinds(reader: FieldReader, value: unknown, knowledge: PackageKnowledge): string[] | null {
  if (value === undefined || value === null) return null;
  return reader.list(value, '/kinds', PACKAGE_LIMITS.kinds).flatMap((kind, i) => {
    if (typeof kind === 'string' && knowledge.kindExists(kind)) return [kind];
    reader.say(`/kinds/${i}`, 'kind.unknown', kind, 'WAL_EI, WAL_ETA ...');
    return [];
  });
}

function checkDates(reader: FieldReader, start: Day | null, end: Day | null): void {
  if (start !== null && end !== null && end < start)
    reader.say('/end', 'dates.reversed', end, `${start} or later`);
}

function readTrades(reader: FieldReader, value: unknown, knowledge: PackageKnowledge): Cpv[] {
  const trades = reader.list(value, '/trades', PACKAGE_LIMITS.trades).flatMap((code, i) => {
    const known = isCpvShape(code) && knowledge.cpvExists(code);
    if (!known) reader.say(`/trades/${i}`, 'trade.unknown', code, 'a CPV 2008 code, eight digits');
    return known ? [code] : [];
  });
  if (trades.length === 0 && reader.problems.length === 0) {
    reader.say('/trades', 'trade.missing', value, 'at least one CPV code');
  }
  return [...new Set(trades)];
}

/**
 * Reads one package (contract `match`). Without a trade, or without a site unless the work is all over the
 * country, it is refused: it would match everybody.
 * @returns the package, or every problem with a JSON pointer from the package's own root
 */
export function checkPackage(
  value: unknown,
  knowledge: PackageKnowledge,
): { readonly package: PackageToMatch } | { readonly problems: readonly Problem[] } {
  const reader = new FieldReader('matching');
  const bag = reader.bag(value ?? [], '');
  const id = reader.text(bag['id'], '/id') ?? '';
  if (id === '') reader.say('/id', 'id.missing', bag['id'], 'an identifier');
  const trades = readTrades(reader, bag['trades'], knowledge);
  const mode =
    bag['mode'] === undefined || bag['mode'] === null
      ? null
      : (DELIVERY_MODES.find((known) => known === bag['mode']) ?? '');
  if (mode === '') reader.say('/mode', 'mode.unknown', bag['mode'], DELIVERY_MODES.join(', '));
  const instrument = INSTRUMENTS.find((known) => known === (bag['instrument'] ?? 'VOLUNTARY'));
  if (!instrument) reader.say('/instrument', 'instrument.unknown', bag['instrument'], INSTRUMENTS.join(', '));
  const start = reader.day(bag['start'], '/start');
  const end = reader.day(bag['end'], '/end');
  checkDates(reader, start, end);
  const asked: PackageToMatch = {
    id,
    trades,
    allTrades: reader.flag(bag['allTrades'], '/allTrades', false),
    mode: mode === '' ? null : mode,
    kinds: readKinds(reader, bag['kinds'], knowledge),
    value: reader.amount(amountOf(bag['value']), '/value'),
    hours: readHours(reader, bag['hours']),
    place: readPlace(reader, bag['place'], knowledge),
    start,
    end,
    credentials: reader
      .list(bag['credentials'], '/credentials', PACKAGE_LIMITS.credentials)
      .map((entry, i) => readCredential(reader, entry, `/credentials/${i}`)),
    instrument: instrument ?? ('VOLUNTARY' satisfies Instrument),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { package: asked };
}

/** A value may come as money, `{amount, currency}`. */
function amountOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value;
}
