import { isCpvShape, isDay, type Day, type Money, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  NO_SUBCONTRACTING,
  blankLot,
  blankTender,
  daysFromTo,
  type Buyer,
  type ContractNature,
  type FactSources,
  type Lot,
  type ParsedTender,
  type ProcessInFile,
  type Reserved,
  type StatedPlace,
  type Subcontracting,
} from '../domain/index.js';
import { countryCode, isEuropean, languageCode } from './countries.js';
import { MOST_PROCESSES } from './limits.js';
import { isObject, listOf, pointerTo, property, textOf, valueAt } from './json-value.js';
import { dayMeant, localMoment } from './local-time.js';
import { chosenProcess, compiledAt, ocdsProcesses, type CompiledRelease } from './ocds-releases.js';
import { decimalOf, dueOfLots, machineDecimal, statedMoney, type Due } from './stated-values.js';

/** A day, a clock time and an offset, of which only the day must be told. */
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;
const NATURES: Readonly<Record<string, ContractNature>> = {
  works: 'works',
  services: 'services',
  goods: 'supplies',
};

export function isOcds(value: unknown): boolean {
  const isRelease = (one: unknown): boolean => typeof property(one, 'ocid') === 'string';
  if (Array.isArray(value)) return value.some(isRelease);
  return (
    isRelease(value) ||
    Array.isArray(property(value, 'releases')) ||
    Array.isArray(property(value, 'records'))
  );
}

function processesIn(value: unknown, problems: Problem[]): readonly ProcessInFile[] {
  const processes = ocdsProcesses(value);
  if (processes.length < 2) return [];
  problems.push({
    code: 'notice.process.several',
    severity: 'warning',
    place: { pointer: pointerTo(processes[0]![0]![0]!) },
    found: String(processes.length),
    expected: '1',
    params: { count: processes.length },
  });
  return processes.slice(0, MOST_PROCESSES).map((paths, index) => {
    const { value: release } = compiledAt(value, paths);
    const said = (...names: readonly string[]): string | null => textOf(valueAt(release, ...names));
    return {
      ref: said('ocid') ?? String(index + 1),
      title: said('tender', 'title'),
      buyer: said('buyer', 'name'),
    };
  });
}

/** An OCDS 1.1 release, release package or record package, with the lots extension. */
export function readOcds(value: unknown): ParsedTender {
  const problems: Problem[] = [];
  const processes = processesIn(value, problems);
  const process = chosenProcess(value);
  const { value: release, whereOf } = process;
  const tender = property(release, 'tender');
  const told = (code: string, found: string | null, path: readonly string[]): void => {
    const place = { pointer: whereOf(...path) };
    problems.push({ code, severity: 'warning', place, found, expected: null });
  };
  if (!isObject(tender)) told('notice.tender.none', null, []);
  const status = textOf(property(tender, 'status'));
  if (isOver(status)) told('notice.cancelled', status, ['tender', 'status']);
  const buyers = buyersOf(release);
  const buyer = buyers[0] ?? null;
  const country = buyer?.country ?? null;
  const items = listOf(property(tender, 'items'));
  const lots = readLots(tender, items, { process, country, problems });
  const cpv = cpvOf([tender, ...items], problems, whereOf('tender', 'items'));
  const due =
    endOf(tender, ['tenderPeriod', 'endDate'], { process, country, problems }) ??
    dueOfLots(lots) ??
    requestsDue(tender, { process, country, problems });
  const reserved = reservedOf(tender, { participation: null, execution: null });
  const language = textOf(property(release, 'language'));
  const date = textOf(property(release, 'date'));
  const places = placesOf(items);
  return {
    format: 'ocds',
    formatVersion: textOf(property(value, 'version')),
    language: languageCode(language),
    tender: {
      ...blankTender(),
      title: textOf(property(tender, 'title')),
      description: textOf(property(tender, 'description')),
      buyer,
      nature: natureOf(tender),
      noticeDate: date === null ? null : dayOf(date, country),
      deadline: due?.moment ?? null,
      cpv,
      value: moneyOf(property(tender, 'value')),
      place: places[0] ?? NO_PLACE,
      places,
      reserved,
    },
    lots:
      lots.length > 0
        ? lots
        : isObject(tender)
          ? [undividedLot(tender, country)]
          : awardedLots(release, country, whereOf),
    notice: {
      kind: listOf(property(release, 'tag'))
        .filter((tag) => typeof tag === 'string')
        .join(','),
      id: textOf(property(release, 'ocid')),
      version: null,
      publicationId: textOf(property(release, 'id')),
      subtype: null,
      legalBasis: textOf(valueAt(tender, 'legalBasis', 'id')),
      procedureType: textOf(property(tender, 'procurementMethod')),
      languageCode: language,
      issueDate: date,
      buyers,
    },
    sources: { ...sourcesIn(process), ...(due?.at ? { deadline: due.at } : {}) },
    layout: [],
    ...(processes.length > 0 ? { processes } : {}),
    problems,
  };
}

/** What is not divided is one lot. @param subject a tender; awards and contracts use the same names */
function undividedLot(subject: unknown, country: string | null): Lot {
  const items = listOf(property(subject, 'items'));
  const places = placesOf(items);
  return blankLot({
    ref: '1',
    declared: false,
    title: textOf(property(subject, 'title')),
    description: textOf(property(subject, 'description')),
    // What is no code was told of the whole.
    cpv: cpvOf([subject, ...items], [], ''),
    value: moneyOf(property(subject, 'value')),
    place: places[0] ?? NO_PLACE,
    places,
    reserved: reservedOf(subject, { participation: null, execution: null }),
    subcontracting: subcontractingOf(subject, null),
    ...periodOf(property(subject, 'contractPeriod'), country),
  });
}

/** Where only what was awarded stands, each award is one lot. */
function awardedLots(
  release: unknown,
  country: string | null,
  whereOf: CompiledRelease['whereOf'],
): readonly Lot[] {
  const lists = ['awards', 'contracts'].map((name) => ({
    name,
    subjects: listOf(property(release, name)).filter(isObject),
  }));
  const { name, subjects } = lists.find((list) => list.subjects.length > 0) ?? { name: '', subjects: [] };
  if (subjects.length === 0) return [undividedLot(null, country)];
  return subjects.map((subject, index) => ({
    ...undividedLot(subject, country),
    ref: refOf(property(subject, 'id')) ?? String(index + 1),
    declared: subjects.length > 1,
    at: { pointer: whereOf(name, String(index)) },
  }));
}

/** Pointers to what the releases state. */
function sourcesIn({ value, whereOf }: CompiledRelease): FactSources {
  const stated = {
    title: ['tender', 'title'],
    value: ['tender', 'value'],
    place: ['tender', 'items'],
    buyer: ['buyer'],
  };
  return Object.fromEntries(
    Object.entries(stated)
      .filter(([, path]) => valueAt(value, ...path) !== undefined)
      .map(([fact, path]) => [fact, { pointer: whereOf(...path) }]),
  );
}

function natureOf(holder: unknown): ContractNature | null {
  return NATURES[textOf(property(holder, 'mainProcurementCategory')) ?? ''] ?? null;
}

/** An end that a tender states; what is none is told. */
function endOf(
  tender: unknown,
  path: readonly string[],
  { process, country, problems }: OfProcess,
): Due | null {
  const stated = textOf(valueAt(tender, ...path));
  const moment = stated === null ? null : momentOf(stated, country);
  const at = { pointer: process.whereOf('tender', ...path) };
  if (stated !== null && moment === null) {
    problems.push({
      code: 'notice.date.unreadable',
      severity: 'warning',
      place: at,
      found: stated.slice(0, 200),
      expected: '2026-04-10T12:00:00+02:00',
    });
  }
  return moment === null ? null : { moment, at };
}

/** Where offers are asked later of those who were chosen, the day that counts now. */
function requestsDue(tender: unknown, of: OfProcess): Due | null {
  const due = endOf(tender, ['expressionOfInterestDeadline'], of);
  if (due) {
    of.problems.push({
      code: 'notice.deadline.requests',
      severity: 'info',
      place: due.at,
      found: due.moment,
      expected: null,
    });
  }
  return due;
}

/** States in which nobody is asked for an offer any more. */
function isOver(status: string | null): status is string {
  return status !== null && ['cancelled', 'unsuccessful', 'withdrawn'].includes(status);
}

function moneyOf(value: unknown): Money | null {
  const amount = property(value, 'amount');
  const currency = textOf(property(value, 'currency'));
  const decimal = typeof amount === 'number' ? decimalOf(amount) : machineDecimal(textOf(amount));
  return statedMoney(decimal, currency);
}

/** A moment with its offset; one without is told by the clocks of the buyer. */
function momentOf(stated: string, country: string | null): string | null {
  const [, day = '', clock = '', offset = ''] = MOMENT.exec(stated) ?? [];
  if (!isDay(day)) return null;
  if (clock === '') return day;
  if (offset === '') return localMoment(day, clock.slice(0, 5), country);
  return `${day}T${clock}${offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`;
}

function dayOf(stated: string, country: string | null): Day | null {
  const moment = momentOf(stated, country);
  return moment === null ? null : dayMeant(moment, country);
}

function periodOf(period: unknown, country: string | null): Pick<Lot, 'start' | 'end' | 'durationDays'> {
  const [start, end] = ['startDate', 'endDate'].map((name) => {
    const stated = textOf(property(period, name));
    return stated === null ? null : dayOf(stated, country);
  }) as [Day | null, Day | null];
  const days = property(period, 'durationInDays');
  const isCount = typeof days === 'number' && Number.isSafeInteger(days) && days >= 0;
  return { start, end, durationDays: isCount ? days : daysFromTo(start, end) };
}

/** The buyer first, then those who buy with it; else who runs the procedure. */
function buyersOf(release: unknown): readonly Buyer[] {
  const parties = listOf(property(release, 'parties'));
  const buyer = property(release, 'buyer');
  const id = textOf(property(buyer, 'id'));
  const buying = parties.filter(
    (party) =>
      listOf(property(party, 'roles')).includes('buyer') &&
      (id === null || textOf(property(party, 'id')) !== id),
  );
  const named = [...(isObject(buyer) ? [buyer] : []), ...buying];
  const running = valueAt(release, 'tender', 'procuringEntity');
  const all = named.length > 0 ? named : isObject(running) ? [running] : [];
  const read = all.map((reference) => buyerOf(reference, parties));
  return [...new Map(read.map((one) => [JSON.stringify(one), one])).values()];
}

/** Since 1.1 an organisation is a reference to a party; before, it said all itself. */
function buyerOf(reference: unknown, parties: readonly unknown[]): Buyer {
  const id = textOf(property(reference, 'id'));
  const party = parties.find((one) => id !== null && textOf(property(one, 'id')) === id) ?? reference;
  const nuts = nutsIn(textOf(valueAt(party, 'address', 'region')));
  return {
    name: textOf(property(reference, 'name')) ?? textOf(property(party, 'name')),
    id: textOf(valueAt(party, 'identifier', 'id')) ?? id,
    country: countryIn(property(party, 'address'), nuts),
    nuts,
  };
}

/** By a code, under one of two names, or as the region that it is in. */
function countryIn(address: unknown, nuts: string | null): string | null {
  const codes = ['countryCode', 'country'].map((name) => countryCode(textOf(property(address, name))));
  return codes.find((code) => code !== null) ?? countryCode(nuts?.slice(0, 2) ?? null);
}

/** A region by its code; `QC` and `ON` are none of Europe. */
function nutsIn(region: string | null): string | null {
  return region !== null && /^[A-Z]{2}[0-9A-Z]{0,3}$/.test(region) && isEuropean(region.slice(0, 2))
    ? region
    : null;
}

/** Codes come with or without check digit, and some exporters make a number of them (`45233130.0`). */
function cpvCode(classification: unknown): string | null {
  if (textOf(property(classification, 'scheme'))?.toUpperCase() !== 'CPV') return null;
  const id = property(classification, 'id');
  const code = String(typeof id === 'number' ? id : (textOf(id) ?? '')).replace(/(\.0|-\d)$/, '');
  if (code === '') return null;
  // A number has lost the zero of farming and of petroleum.
  return /^[39]\d{6}$/.test(code) ? `0${code}` : code;
}

function cpvOf(holders: readonly unknown[], problems: Problem[], pointer: string): readonly string[] {
  const codes = holders
    .flatMap((holder) => [
      property(holder, 'classification'),
      ...listOf(property(holder, 'additionalClassifications')),
    ])
    .flatMap((classification) => cpvCode(classification) ?? []);
  return [...new Set(codes)].filter((code) => {
    const shaped: boolean = isCpvShape(code);
    if (shaped) return true;
    problems.push({
      code: 'notice.cpv.unreadable',
      severity: 'warning',
      place: { pointer },
      found: code.slice(0, 200),
      expected: '45000000',
    });
    return false;
  });
}

function placesOf(items: readonly unknown[]): readonly StatedPlace[] {
  const places = items.flatMap((item) => [
    ...several(item, 'deliveryAddress', 'deliveryAddresses').map(placeOfAddress),
    ...several(item, 'deliveryLocation', 'deliveryLocations').flatMap(placesOfLocation),
  ]);
  const stated = places.filter((place) => Object.values(place).some((part) => part !== null));
  return [...new Map(stated.map((place) => [JSON.stringify(place), place])).values()];
}

/** Versions of an extension name one value, or a list of them. */
function several(holder: unknown, one: string, many: string): readonly unknown[] {
  const value = property(holder, one);
  return [...listOf(property(holder, many)), ...(isObject(value) ? [value] : [])];
}

function placeOfAddress(address: unknown): StatedPlace {
  const nuts = nutsIn(textOf(property(address, 'region')));
  return {
    nuts,
    postalCode: textOf(property(address, 'postalCode')),
    municipality: textOf(property(address, 'locality')),
    locality: null,
    country: countryIn(address, nuts),
  };
}

function placesOfLocation(location: unknown): readonly StatedPlace[] {
  if (textOf(valueAt(location, 'gazetteer', 'scheme'))?.toUpperCase() !== 'NUTS') return [];
  return listOf(valueAt(location, 'gazetteer', 'identifiers')).flatMap((identifier) => {
    const nuts = nutsIn(textOf(identifier));
    return nuts === null ? [] : [{ ...NO_PLACE, nuts, country: countryCode(nuts.slice(0, 2)) }];
  });
}

/** Extensions `otherRequirements` and `contractTerms`; what a lot does not say is as for the whole. */
function reservedOf(holder: unknown, whole: Reserved): Reserved {
  const participation = listOf(valueAt(holder, 'otherRequirements', 'reservedParticipation'));
  const execution =
    valueAt(holder, 'contractTerms', 'reservedExecution') ??
    valueAt(holder, 'otherRequirements', 'reservedExecution');
  return {
    participation: participation.includes('shelteredWorkshop')
      ? 'res-ws'
      : participation.includes('publicServiceMissionOrganization')
        ? 'res-pub-ser'
        : whole.participation,
    execution: execution === true ? 'yes' : execution === false ? 'no' : whole.execution,
  };
}

/** Extension `subcontracting`: shares of one. */
function subcontractingOf(lot: unknown, whole: unknown): Subcontracting {
  const terms = property(lot, 'subcontractingTerms') ?? property(whole, 'subcontractingTerms');
  const percent = (name: string): string | null => {
    const share = property(terms, name);
    return typeof share === 'number' && share >= 0 && share <= 1 ? decimalOf(share * 100) : null;
  };
  return {
    ...NO_SUBCONTRACTING,
    minimumPercent: percent('competitiveMinimumPercentage'),
    maximumPercent: percent('competitiveMaximumPercentage'),
  };
}

interface OfProcess {
  readonly process: CompiledRelease;
  readonly country: string | null;
  readonly problems: Problem[];
}

function readLots(
  tender: unknown,
  items: readonly unknown[],
  { process, country, problems }: OfProcess,
): readonly Lot[] {
  const whole = reservedOf(tender, { participation: null, execution: null });
  const members = process.membersAt('tender', 'lots');
  const itemsOf = itemsByLot(items);
  return listOf(property(tender, 'lots')).map((lot, index) => {
    const ref = refOf(property(lot, 'id')) ?? String(index + 1);
    const own = itemsOf.get(ref) ?? [];
    const places = placesOf(own);
    const place = { pointer: members.get(ref) ?? process.whereOf('tender', 'lots', String(index)) };
    const end = textOf(valueAt(lot, 'tenderPeriod', 'endDate'));
    if (isOver(textOf(property(lot, 'status'))))
      problems.push({ code: 'notice.lot.cancelled', severity: 'warning', place, found: ref, expected: null });
    return blankLot({
      ref,
      title: textOf(property(lot, 'title')),
      description: textOf(property(lot, 'description')),
      cpv: cpvOf([lot, ...own], problems, place.pointer),
      value: moneyOf(property(lot, 'value')),
      place: places[0] ?? NO_PLACE,
      places,
      nature: natureOf(lot),
      deadline: end === null ? null : momentOf(end, country),
      reserved: reservedOf(lot, whole),
      subcontracting: subcontractingOf(lot, tender),
      ...periodOf(property(lot, 'contractPeriod'), country),
      at: place,
    });
  });
}

function refOf(id: unknown): string | null {
  return typeof id === 'number' ? String(id) : textOf(id);
}

function itemsByLot(items: readonly unknown[]): ReadonlyMap<string, readonly unknown[]> {
  const byLot = new Map<string, unknown[]>();
  for (const item of items) {
    for (const ref of new Set(lotsOf(item))) {
      const own = byLot.get(ref) ?? [];
      own.push(item);
      byLot.set(ref, own);
    }
  }
  return byLot;
}

function lotsOf(item: unknown): readonly string[] {
  const related = [property(item, 'relatedLot'), ...listOf(property(item, 'relatedLots'))];
  return related.flatMap((id) => refOf(id) ?? []);
}
