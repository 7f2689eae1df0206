import { isCpvShape, isSiteKey, type Cpv, type Problem, type SiteKey } from '../../kernel/index.js';
import {
  APPROVAL_STATES,
  DELIVERY_MODES,
  ZONE_TYPES,
  type Activity,
  type Approval,
  type Capacity,
  type Credential,
  type Enterprise,
  type Location,
  type Member,
  type WorkforceRatio,
  type Zone,
} from './enterprise.js';
import { isLatitudeOfEurope, isLongitudeOfEurope, EUROPE } from './europe.js';
import { FieldReader } from './field-reader.js';

/** More than any enterprise declares; past it a row is a mistake or an attack. */
export const REGISTRY_LIMITS = {
  activities: 100,
  tradesPerActivity: 100,
  areasPerZone: 600,
  members: 500,
  /** Of the enterprise and all its members together. */
  activitiesInAll: 2000,
  approvals: 50,
  ratios: 100,
  credentials: 100,
  maxRadiusKm: 500,
} as const;

/** What the check must know of the world: which codes and places exist. */
export interface RegistryKnowledge {
  cpvExists(code: Cpv): boolean;
  placeExists(key: SiteKey): boolean;
  kindExists(kind: string): boolean;
}

function readZone(reader: FieldReader, value: unknown, pointer: string, knowledge: RegistryKnowledge): Zone {
  const bag = reader.bag(value ?? { type: 'unset' }, pointer);
  const type = ZONE_TYPES.find((known) => known === bag['type']);
  if (!type) reader.say(`${pointer}/type`, 'zone.type.unknown', bag['type'], ZONE_TYPES.join(', '));
  const km = reader.number(bag['km'], `${pointer}/km`);
  const max = REGISTRY_LIMITS.maxRadiusKm;
  if (type === 'radius' && (km === null || km <= 0 || km > max)) {
    reader.say(`${pointer}/km`, 'zone.radius.impossible', bag['km'], `more than 0, at most ${max} km`, {
      max,
    });
  }
  const areas = reader
    .list(bag['areas'], `${pointer}/areas`, REGISTRY_LIMITS.areasPerZone)
    .flatMap((area, i) => {
      const known = isSiteKey(area) && !area.startsWith('geo:') && knowledge.placeExists(area);
      if (!known)
        reader.say(
          `${pointer}/areas/${i}`,
          'zone.area.unknown',
          area,
          'nis:62096, nuts:BE33 or postal:BE-4100',
        );
      return known ? [area] : [];
    });
  if (type === 'areas' && areas.length === 0) {
    reader.say(`${pointer}/areas`, 'zone.areas.missing', bag['areas'], 'at least one area');
  }
  return { type: type ?? 'unset', km: type === 'radius' ? km : null, areas: type === 'areas' ? areas : [] };
}

/** All twelve, or none, is all year: nothing is kept. */
function readMonths(reader: FieldReader, value: unknown, pointer: string): Pick<Capacity, 'months'> {
  const months = reader.list(value, pointer, 12).flatMap((month, i) => {
    if (Number.isInteger(month) && Number(month) >= 1 && Number(month) <= 12) return [Number(month)];
    reader.say(`${pointer}/${i}`, 'month.unknown', month, '1 to 12');
    return [];
  });
  const distinct = [...new Set(months)].sort((a, b) => a - b);
  return distinct.length === 0 || distinct.length === 12 ? {} : { months: distinct };
}

function readCapacity(reader: FieldReader, value: unknown, pointer: string): Capacity {
  const bag = reader.bag(value, pointer);
  const capacity: Capacity = {
    minValue: reader.amount(bag['minValue'], `${pointer}/minValue`),
    maxValue: reader.amount(bag['maxValue'], `${pointer}/maxValue`),
    hoursPerWeek: reader.number(bag['hoursPerWeek'], `${pointer}/hoursPerWeek`),
    from: reader.day(bag['from'], `${pointer}/from`),
    ...readMonths(reader, bag['months'], `${pointer}/months`),
    partialScope: reader.flag(bag['partialScope'], `${pointer}/partialScope`, false),
  };
  if (
    capacity.minValue !== null &&
    capacity.maxValue !== null &&
    Number(capacity.minValue) > Number(capacity.maxValue)
  ) {
    reader.say(`${pointer}/minValue`, 'capacity.reversed', capacity.minValue, `at most ${capacity.maxValue}`);
  }
  if (capacity.hoursPerWeek !== null && capacity.hoursPerWeek < 0) {
    reader.say(`${pointer}/hoursPerWeek`, 'capacity.negative', capacity.hoursPerWeek, 'zero or more');
  }
  return capacity;
}

function readActivities(
  reader: FieldReader,
  value: unknown,
  pointer: string,
  knowledge: RegistryKnowledge,
): Activity[] {
  return reader.list(value, pointer, REGISTRY_LIMITS.activities).map((entry, i) => {
    const at = `${pointer}/${i}`;
    const bag = reader.bag(entry, at);
    const trades = reader
      .list(bag['trades'], `${at}/trades`, REGISTRY_LIMITS.tradesPerActivity)
      .flatMap((code, j) => {
        const known = isCpvShape(code) && knowledge.cpvExists(code);
        if (!known) reader.say(`${at}/trades/${j}`, 'trade.unknown', code, 'a CPV 2008 code, eight digits');
        return known ? [code] : [];
      });
    const modes = reader.list(bag['modes'], `${at}/modes`, DELIVERY_MODES.length).flatMap((mode, j) => {
      const known = DELIVERY_MODES.find((candidate) => candidate === mode);
      if (!known) reader.say(`${at}/modes/${j}`, 'mode.unknown', mode, DELIVERY_MODES.join(', '));
      return known ? [known] : [];
    });
    const zone = readZone(reader, bag['zone'], `${at}/zone`, knowledge);
    return { trades, modes, zone, capacity: readCapacity(reader, bag['capacity'], `${at}/capacity`) };
  });
}

function readLocation(reader: FieldReader, value: unknown, knowledge: RegistryKnowledge): Location {
  const at = '/location';
  const bag = reader.bag(value, at);
  const country = reader.text(bag['country'], `${at}/country`) ?? 'BE';
  if (!/^[A-Z]{2}$/.test(country)) reader.say(`${at}/country`, 'country.unknown', country, 'BE, FR, DE ...');
  const postalCode = reader.text(bag['postalCode'], `${at}/postalCode`);
  if (country === 'BE' && postalCode !== null && !knowledge.placeExists(`postal:BE-${postalCode}`)) {
    reader.say(`${at}/postalCode`, 'postal-code.unknown', postalCode, 'a Belgian postal code');
  }
  const nis = reader.text(bag['nis'], `${at}/nis`);
  if (nis !== null && !knowledge.placeExists(`nis:${nis}`)) {
    reader.say(`${at}/nis`, 'municipality.unknown', nis, 'a Belgian municipality code');
  }
  const lat = reader.number(bag['lat'], `${at}/lat`);
  const lon = reader.number(bag['lon'], `${at}/lon`);
  if ((lat === null) !== (lon === null))
    reader.say(at, 'location.half', value, 'latitude and longitude together');
  if (lat !== null && !isLatitudeOfEurope(lat)) {
    reader.say(`${at}/lat`, 'location.outside-europe', lat, `${EUROPE.south} to ${EUROPE.north}`);
  }
  if (lon !== null && !isLongitudeOfEurope(lon)) {
    reader.say(`${at}/lon`, 'location.outside-europe', lon, `${EUROPE.west} to ${EUROPE.east}`);
  }
  return { country, postalCode, nis, lat, lon, address: reader.text(bag['address'], `${at}/address`) };
}

function readApproval(reader: FieldReader, value: unknown, at: string): Approval {
  const bag = reader.bag(value, at);
  const kind = reader.text(bag['kind'], `${at}/kind`) ?? '';
  if (kind === '') reader.say(`${at}/kind`, 'approval.kind.missing', bag['kind'], 'WAL_EI ...');
  const validFrom = reader.day(bag['validFrom'], `${at}/validFrom`);
  const validUntil = reader.day(bag['validUntil'], `${at}/validUntil`);
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) {
    reader.say(`${at}/validUntil`, 'approval.reversed', validUntil, `${validFrom} or later`);
  }
  return {
    kind,
    validFrom,
    validUntil,
    state: APPROVAL_STATES.find((state) => state === bag['state']) ?? 'verified',
    authority: reader.text(bag['authority'], `${at}/authority`),
    reference: reader.text(bag['reference'], `${at}/reference`),
  };
}

function readRatio(reader: FieldReader, value: unknown, at: string): WorkforceRatio {
  const bag = reader.bag(value, at);
  const asOf = reader.day(bag['asOf'], `${at}/asOf`);
  if (asOf === null) reader.say(`${at}/asOf`, 'day.unreadable', bag['asOf'], 'YYYY-MM-DD');
  const method = bag['method'] === 'heads' ? 'heads' : 'fte';
  const share = reader.amount(bag['share'], `${at}/share`);
  const disabledShare = reader.amount(bag['disabledShare'], `${at}/disabledShare`);
  return { asOf: asOf ?? '1900-01-01', method, share, disabledShare };
}

function readCredential(reader: FieldReader, value: unknown, at: string): Credential {
  const bag = reader.bag(value, at);
  const kind = reader.text(bag['kind'], `${at}/kind`) ?? '';
  if (kind === '')
    reader.say(`${at}/kind`, 'credential.kind.missing', bag['kind'], 'agreation, asbestos, vca ...');
  return {
    kind,
    category: reader.text(bag['category'], `${at}/category`),
    class: reader.number(bag['class'], `${at}/class`),
    technique: reader.text(bag['technique'], `${at}/technique`),
    validUntil: reader.day(bag['validUntil'], `${at}/validUntil`),
  };
}

function readMember(reader: FieldReader, value: unknown, at: string, knowledge: RegistryKnowledge): Member {
  const bag = reader.bag(value, at);
  const ref = reader.text(bag['ref'] ?? bag['name'], `${at}/ref`) ?? at;
  return { ref, activities: readActivities(reader, bag['activities'], `${at}/activities`, knowledge) };
}

/**
 * Reads one enterprise of any origin (a form, a file, the case of the command line).
 * @returns the enterprise, or every problem with a JSON pointer from the enterprise's own root
 */
export function checkEnterprise(
  value: unknown,
  knowledge: RegistryKnowledge,
): { readonly enterprise: Enterprise } | { readonly problems: readonly Problem[] } {
  const reader = new FieldReader('registry');
  if (typeof value !== 'object' || value === null) reader.say('', 'object.expected', value, 'object');
  const bag = reader.bag(value, '');
  const each = <T>(key: string, max: number, read: (entry: unknown, at: string) => T): T[] =>
    reader.list(bag[key], `/${key}`, max).map((entry, i) => read(entry, `/${key}/${i}`));
  const id = reader.text(bag['id'], '/id') ?? '';
  if (id === '') reader.say('/id', 'id.missing', bag['id'], 'an identifier');
  const kind = reader.text(bag['kind'], '/kind') ?? '';
  if (!knowledge.kindExists(kind)) reader.say('/kind', 'kind.unknown', bag['kind'], 'WAL_EI, WAL_ETA ...');
  const art59 =
    bag['art59'] === undefined || bag['art59'] === null ? null : reader.bag(bag['art59'], '/art59');
  const enterprise: Enterprise = {
    id,
    name: reader.text(bag['name'], '/name') ?? id,
    kind,
    active: reader.flag(bag['active'], '/active', true),
    resumesOn: reader.day(bag['resumesOn'], '/resumesOn'),
    partnerInPause: reader.flag(bag['partnerInPause'], '/partnerInPause', false),
    delisted: reader.flag(bag['delisted'], '/delisted', false),
    contactEmail: reader.text(bag['contactEmail'], '/contactEmail'),
    approvals: each('approvals', REGISTRY_LIMITS.approvals, (entry, at) => readApproval(reader, entry, at)),
    ratios: each('ratios', REGISTRY_LIMITS.ratios, (entry, at) => readRatio(reader, entry, at)),
    location: readLocation(reader, bag['location'], knowledge),
    activities: readActivities(reader, bag['activities'], '/activities', knowledge),
    credentials: each('credentials', REGISTRY_LIMITS.credentials, (entry, at) =>
      readCredential(reader, entry, at),
    ),
    openToTeams: reader.flag(bag['openToTeams'], '/openToTeams', false),
    members: each('members', REGISTRY_LIMITS.members, (entry, at) =>
      readMember(reader, entry, at, knowledge),
    ),
    mainAimIntegration: reader.optional(
      bag['mainAimIntegration'],
      '/mainAimIntegration',
      'flag.expected',
      'true or false',
      (v): v is boolean => typeof v === 'boolean',
    ),
    art59: art59 && {
      validFrom: reader.day(art59['validFrom'], '/art59/validFrom'),
      validUntil: reader.day(art59['validUntil'], '/art59/validUntil'),
    },
    statutes: bag['statutes'] ? reader.bag(bag['statutes'], '/statutes') : null,
  };
  const { members, activities } = enterprise;
  const count = members.reduce((sum, member) => sum + member.activities.length, activities.length);
  const max = REGISTRY_LIMITS.activitiesInAll;
  if (count > max) reader.say('/members', 'activities.too-many', count, `at most ${max}`, { max, count });
  return reader.problems.length > 0 ? { problems: reader.problems } : { enterprise };
}
