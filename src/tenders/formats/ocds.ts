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
  type Reserved,
  type StatedPlace,
} from '../domain/index.js';
import { countryCode, languageCode } from './countries.js';
import { FormatRefusal } from './format-refusal.js';
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

/** One release of a package; of several of one process, the last that has a tender. Other processes are told. */
function releaseOf(value: unknown, problems: Problem[]): Release {
  const records = listOf(property(value, 'records'));
  tellOthers(records.length > 0 ? 'records' : 'releases', value, problems);
  if (records.length > 0) {
    const compiled = property(records[0], 'compiledRelease');
    if (compiled !== undefined) return { value: compiled, at: ['records', 0, 'compiledRelease'] };
  }
  if (!Array.isArray(property(value, 'releases'))) return { value, at: [] };
  const releases = listOf(property(value, 'releases')).map((release, index) => ({
    value: release,
    at: ['releases', index],
  }));
  const last = releases.findLast((release) => isObject(property(release.value, 'tender'))) ?? releases.at(-1);
  if (!last)
    throw new FormatRefusal('file.ocds.release.none', { place: { pointer: '/releases' }, expected: '[ … ]' });
  return last;
}

function tellOthers(list: 'records' | 'releases', value: unknown, problems: Problem[]): void {
  const processes = new Set(listOf(property(value, list)).map((one) => textOf(property(one, 'ocid'))));
  if (processes.size < 2) return;
  problems.push({
    code: 'notice.process.several',
    severity: 'warning',
    place: { pointer: pointerTo(list) },
    found: String(processes.size),
    expected: '1',
    params: { count: processes.size },
  });
}

/** An OCDS 1.1 release, release package or record package, with the lots extension. */
export function readOcds(value: unknown): ParsedTender {
  const problems: Problem[] = [];
  const release = releaseOf(value, problems);
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
