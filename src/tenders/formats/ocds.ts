import { isCpvShape, isDay, type Money, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  blankLot,
  blankTender,
  type Buyer,
  type ContractNature,
  type FactSources,
  type Lot,
  type ParsedTender,
  type ProcessInFile,
  type Reserved,
  type StatedPlace,
} from '../domain/index.js';
import { countryCode, languageCode } from './countries.js';
import { FormatRefusal } from './format-refusal.js';
import { MOST_PROCESSES } from './limits.js';
import { isObject, listOf, pointerTo, property, textOf, valueAt } from './json-value.js';
import { decimalOf } from './stated-values.js';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const NATURES: Readonly<Record<string, ContractNature>> = {
  works: 'works',
  services: 'services',
  goods: 'supplies',
};

export function isOcds(value: unknown): boolean {
  const release = isObject(value) && typeof property(value, 'ocid') === 'string';
  return release || Array.isArray(property(value, 'releases')) || Array.isArray(property(value, 'records'));
}

interface Release {
  readonly value: unknown;
  readonly at: readonly (string | number)[];
}

/** Where the releases of each process stand, in the order of the file; a process without number stands for itself. */
export function ocdsProcesses(value: unknown): readonly (readonly Release['at'][])[] {
  const list = listOf(property(value, 'records')).some(isObject) ? 'records' : 'releases';
  const ones = [...listOf(property(value, list)).entries()].filter(([, one]) => isObject(one));
  const byProcess = Map.groupBy(ones, ([index, one]) => textOf(property(one, 'ocid')) ?? index);
  return [...byProcess.values()].map((group) => group.map(([index]) => [list, index]));
}

/** What is read of a process: the compiled release of a record, else the last release that has a tender. */
function releaseOf(value: unknown): Release {
  if (!Array.isArray(property(value, 'releases')) && !Array.isArray(property(value, 'records')))
    return { value, at: [] };
  const processes = ocdsProcesses(value).map((paths) => paths.map((at) => readable(value, at)));
  // Of several processes the last that has a tender is read, until a person says which.
  const isTender = ({ value: release }: Release): boolean => isObject(property(release, 'tender'));
  const releases = processes.some((one) => one.some(({ at }) => at[0] === 'records'))
    ? (processes[0] ?? [])
    : processes.flat();
  const last = releases.findLast(isTender) ?? releases.at(-1);
  if (!last)
    throw new FormatRefusal('file.ocds.release.none', { place: { pointer: '/releases' }, expected: '[ … ]' });
  return last;
}

function readable(value: unknown, at: Release['at']): Release {
  const [list, index] = at as [string, number];
  const one = listOf(property(value, list))[index];
  const compiled = property(one, 'compiledRelease');
  if (compiled !== undefined) return { value: compiled, at: [...at, 'compiledRelease'] };
  const within = listOf(property(one, 'releases'));
  const last = within.findLastIndex((release) => isObject(property(release, 'tender')));
  return last < 0 ? { value: one, at } : { value: within[last], at: [...at, 'releases', last] };
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
    const releases = paths.map((at) => readable(value, at).value);
    const said = (...names: readonly string[]): string | null =>
      releases.map((release) => textOf(valueAt(release, ...names))).findLast((text) => text !== null) ?? null;
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
  const release = releaseOf(value);
  const tender = property(release.value, 'tender');
  const items = listOf(property(tender, 'items'));
  const reserved = reservedOf(property(tender, 'otherRequirements'));
  const cpv = cpvOf([tender, ...items], problems, [...release.at, 'tender']);
  const lots = readLots(tender, items, [...release.at, 'tender'], reserved, problems);
  const title = textOf(property(tender, 'title'));
  const deadline = textOf(valueAt(tender, 'tenderPeriod', 'endDate'));
  const language = textOf(property(release.value, 'language'));
  const date = textOf(property(release.value, 'date'))?.slice(0, 10);
  const buyer = buyerOf(release.value);
  const places = placesOf(items);
  return {
    format: 'ocds',
    formatVersion: textOf(property(value, 'version')),
    language: languageCode(language),
    tender: {
      ...blankTender(),
      title,
      description: textOf(property(tender, 'description')),
      buyer,
      nature: NATURES[textOf(property(tender, 'mainProcurementCategory')) ?? ''] ?? null,
      noticeDate: isDay(date) ? date : null,
      deadline: deadline !== null && (MOMENT.test(deadline) || isDay(deadline)) ? deadline : null,
      cpv,
      value: moneyOf(property(tender, 'value')),
      place: places[0] ?? NO_PLACE,
      places,
      reserved,
    },
    lots:
      lots.length > 0
        ? lots
        : [
            blankLot({
              ref: '1',
              declared: false,
              title,
              cpv,
              places,
              place: places[0] ?? NO_PLACE,
              reserved,
            }),
          ],
    notice: {
      kind: listOf(property(release.value, 'tag'))
        .filter((tag) => typeof tag === 'string')
        .join(','),
      id: textOf(property(release.value, 'ocid')),
      version: null,
      publicationId: textOf(property(release.value, 'id')),
      subtype: null,
      legalBasis: textOf(valueAt(tender, 'legalBasis', 'id')),
      procedureType: textOf(property(tender, 'procurementMethod')),
      languageCode: language,
      issueDate: textOf(property(release.value, 'date')),
      buyers: buyer ? [buyer] : [],
    },
    sources: sourcesIn(release),
    layout: [],
    ...(processes.length > 0 ? { processes } : {}),
    problems,
  };
}

/** Pointers to what the release states. */
function sourcesIn({ value, at }: Release): FactSources {
  const stated = {
    title: ['tender', 'title'],
    value: ['tender', 'value'],
    deadline: ['tender', 'tenderPeriod', 'endDate'],
    place: ['tender', 'items'],
    buyer: ['buyer'],
  };
  return Object.fromEntries(
    Object.entries(stated)
      .filter(([, path]) => valueAt(value, ...path) !== undefined)
      .map(([fact, path]) => [fact, { pointer: pointerTo(...at, ...path) }]),
  );
}

function moneyOf(value: unknown): Money | null {
  const amount = property(value, 'amount');
  const currency = textOf(property(value, 'currency'));
  const decimal = typeof amount === 'number' ? decimalOf(amount) : null;
  return decimal !== null && currency !== null && /^[A-Z]{3}$/.test(currency)
    ? { amount: decimal, currency }
    : null;
}

function buyerOf(release: unknown): Buyer | null {
  const reference = property(release, 'buyer');
  if (!isObject(reference)) return null;
  const id = textOf(property(reference, 'id'));
  const party = listOf(property(release, 'parties')).find((one) => property(one, 'id') === id);
  return {
    name: textOf(property(reference, 'name')) ?? textOf(property(party, 'name')),
    id: textOf(valueAt(party, 'identifier', 'id')) ?? id,
    country: countryCode(textOf(valueAt(party, 'address', 'countryCode'))),
    nuts: null,
  };
}

/** Codes come with or without check digit, and some exporters make a number of them (`45233130.0`). */
function cpvCode(classification: unknown): string | null {
  if (textOf(property(classification, 'scheme'))?.toUpperCase() !== 'CPV') return null;
  const id = property(classification, 'id');
  const code = String(typeof id === 'number' ? id : (textOf(id) ?? '')).replace(/(\.0|-\d)$/, '');
  return code.padStart(8, '0');
}

function cpvOf(
  holders: readonly unknown[],
  problems: Problem[],
  at: readonly (string | number)[],
): readonly string[] {
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
      place: { pointer: pointerTo(...at, 'items') },
      found: code.slice(0, 200),
      expected: '45000000',
    });
    return false;
  });
}

function placesOf(items: readonly unknown[]): readonly StatedPlace[] {
  const addresses = items.flatMap((item) => [
    ...listOf(property(item, 'deliveryAddresses')),
    ...(isObject(property(item, 'deliveryAddress')) ? [property(item, 'deliveryAddress')] : []),
  ]);
  const places = addresses.flatMap((address): StatedPlace[] => {
    const region = textOf(property(address, 'region'));
    const nuts = region !== null && /^[A-Z]{2}[0-9A-Z]{0,3}$/.test(region) ? region : null;
    const place = {
      nuts,
      postalCode: textOf(property(address, 'postalCode')),
      municipality: textOf(property(address, 'locality')),
      locality: null,
      country: countryCode(textOf(property(address, 'countryCode')) ?? nuts?.slice(0, 2) ?? null),
    };
    return Object.values(place).some((part) => part !== null) ? [place] : [];
  });
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

/** Extension `otherRequirements`: `shelteredWorkshop`, `publicServiceMissionOrganization`. */
function reservedOf(requirements: unknown): Reserved {
  const participation = listOf(property(requirements, 'reservedParticipation'));
  const execution = property(requirements, 'reservedExecution');
  return {
    participation: participation.includes('shelteredWorkshop')
      ? 'res-ws'
      : participation.includes('publicServiceMissionOrganization')
        ? 'res-pub-ser'
        : null,
    execution: execution === true ? 'yes' : execution === false ? 'no' : null,
  };
}

function readLots(
  tender: unknown,
  items: readonly unknown[],
  at: readonly (string | number)[],
  reserved: Reserved,
  problems: Problem[],
): readonly Lot[] {
  return listOf(property(tender, 'lots')).map((lot, index) => {
    const id = property(lot, 'id');
    const ref = typeof id === 'number' ? String(id) : (textOf(id) ?? String(index + 1));
    const own = items.filter((item) => String(property(item, 'relatedLot') ?? '') === ref);
    const places = placesOf(own);
    const days = valueAt(lot, 'contractPeriod', 'durationInDays');
    const stated = reservedOf(property(lot, 'otherRequirements'));
    return blankLot({
      ref,
      title: textOf(property(lot, 'title')),
      description: textOf(property(lot, 'description')),
      cpv: cpvOf([lot, ...own], problems, [...at, 'lots', index]),
      value: moneyOf(property(lot, 'value')),
      place: places[0] ?? NO_PLACE,
      places,
      reserved: stated.participation === null && stated.execution === null ? reserved : stated,
      durationDays: typeof days === 'number' && Number.isSafeInteger(days) && days >= 0 ? days : null,
      at: { pointer: pointerTo(...at, 'lots', index) },
    });
  });
}
