import { isCpvShape, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  blankLot,
  blankTender,
  durationInDays,
  type Buyer,
  type Duration,
  type FactSources,
  type Lot,
  type ParsedTender,
  type ProcessInFile,
  type StatedPlace,
} from '../domain/index.js';
import { FormatRefusal } from './format-refusal.js';
import { fold } from './bill/fold.js';
import { countryCode } from './countries.js';
import { frenchRegion } from './french-places.js';
import { MOST_PROCESSES } from './limits.js';
import { isObject, listOf, pointerTo, property, textOf, valueAt } from './json-value.js';
import { decimalOf, machineDecimal } from './stated-values.js';

const CONTRACTS = ['marche', 'contrat-concession'] as const;
/** What the decree of 22 December 2022 added. */
const SINCE_2022 = [
  'offresRecues',
  'marcheInnovant',
  'ccag',
  'considerationsSociales',
  'considerationsEnvironnementales',
  'technique',
  'techniques',
  'modaliteExecution',
  'modalitesExecution',
  'typePrix',
  'typesPrix',
  'origineUE',
  'attributionAvance',
  'sousTraitanceDeclaree',
];

interface DecpRecord {
  readonly value: unknown;
  readonly at: readonly (string | number)[];
}

/** A list, or lists of contracts and concessions; one alone may stand without its list. */
export function decpRecords(value: unknown): readonly DecpRecord[] {
  const lists = [['marches'], ...CONTRACTS.map((kind) => ['marches', kind])];
  return lists.flatMap((path) => {
    const found = valueAt(value, ...path);
    if (Array.isArray(found)) {
      return listOf(found).flatMap((record, index) =>
        isObject(record) ? [{ value: record, at: [...path, index] }] : [],
      );
    }
    return path.length > 1 && isObject(found) ? [{ value: found, at: path }] : [];
  });
}

export function isDecp(value: unknown): boolean {
  const marches = property(value, 'marches');
  return Array.isArray(marches) || CONTRACTS.some((kind) => typeof property(marches, kind) === 'object');
}

/** French award records (données essentielles, JSON of 2019 and 2022): each record becomes one lot. */
export function readDecp(value: unknown): ParsedTender {
  const problems: Problem[] = [];
  const records = decpRecords(value);
  if (records.length === 0) {
    throw new FormatRefusal('file.decp.record.none', { place: { pointer: '/marches' }, expected: '[ … ]' });
  }
  const lots = records.map((record, index) => readRecord(record, index, problems));
  const buyers = records.map(({ value: record }) => buyerOf(record));
  const only = records.length === 1 ? records[0]?.value : undefined;
  const [place, ...otherPlaces] = new Map(lots.map((lot) => [JSON.stringify(lot.place), lot.place])).values();
  const isOnePlace = place !== undefined && otherPlaces.length === 0 && lots[0]!.places.length > 0;
  return {
    format: 'decp',
    formatVersion: versionOf(records),
    language: 'fr',
    tender: {
      ...blankTender(),
      title: textOf(property(only, 'objet')),
      ...(isOnePlace ? { place, places: [place] } : {}),
      buyer: new Set(buyers.map((buyer) => JSON.stringify(buyer))).size === 1 ? (buyers[0] ?? null) : null,
    },
    lots,
    notice: {
      kind: 'marches',
      id: null,
      version: null,
      publicationId: null,
      subtype: null,
      legalBasis: null,
      procedureType: textOf(property(only, 'procedure')),
      languageCode: null,
      issueDate: textOf(property(only, 'dateNotification')),
      buyers: buyers.flatMap((buyer) => buyer ?? []),
    },
    sources: records.length === 1 ? sourcesIn(records[0]!) : {},
    layout: [],
    ...(records.length > 1 ? { processes: records.slice(0, MOST_PROCESSES).map(processOf) } : {}),
    problems,
  };
}

/** Pointers to what the only record states of the whole. */
function sourcesIn({ value, at }: DecpRecord): FactSources {
  const stated = {
    title: 'objet',
    place: 'lieuExecution',
    buyer: property(value, 'acheteur') === undefined ? 'autoriteConcedante' : 'acheteur',
  };
  return Object.fromEntries(
    Object.entries(stated)
      .filter(([, name]) => property(value, name) !== undefined)
      .map(([fact, name]) => [fact, { pointer: pointerTo(...at, name) }]),
  );
}

function versionOf(records: readonly DecpRecord[]): string {
  const isNew = records.some(({ value }) => SINCE_2022.some((name) => property(value, name) !== undefined));
  return isNew ? '2022' : '2019';
}

function processOf({ value }: DecpRecord, index: number): ProcessInFile {
  return {
    ref: textOf(property(value, 'id')) ?? String(index + 1),
    title: textOf(property(value, 'objet')),
    buyer: buyerOf(value)?.name ?? buyerOf(value)?.id ?? null,
  };
}

function buyerOf(record: unknown): Buyer | null {
  const said = property(record, 'acheteur') ?? property(record, 'autoriteConcedante');
  const name = textOf(property(said, 'nom'));
  const id = textOf(property(said, 'id'));
  return name === null && id === null ? null : { name, id, country: 'FR', nuts: null };
}

function readRecord({ value: record, at }: DecpRecord, index: number, problems: Problem[]): Lot {
  const code = textOf(property(record, 'codeCPV'))?.replace(/-\d$/, '') ?? null;
  const cpv = isCpvShape(code) ? [code] : [];
  if (code !== null && cpv.length === 0) {
    problems.push({
      code: 'notice.cpv.unreadable',
      severity: 'warning',
      place: { pointer: pointerTo(...at, 'codeCPV') },
      found: code.slice(0, 200),
      expected: '45000000',
    });
  }
  const decimal = numberIn(record, 'montant') ?? numberIn(record, 'valeurGlobale');
  const months = numberIn(record, 'dureeMois');
  const durations: readonly Duration[] = months === null ? [] : [{ value: months, unit: 'MONTH' }];
  const place = placeOf(record, at, problems);
  return blankLot({
    ref: textOf(property(record, 'id')) ?? String(index + 1),
    title: textOf(property(record, 'objet')),
    cpv,
    value: decimal === null ? null : { amount: decimal, currency: 'EUR' },
    place: place ?? NO_PLACE,
    places: place ? [place] : [],
    durations,
    durationDays: durations[0] ? durationInDays(durations[0]) : null,
    at: { pointer: pointerTo(...at) },
  });
}

/** Some exporters write numbers as texts. */
function numberIn(record: unknown, name: string): string | null {
  const value = property(record, name);
  if (typeof value === 'string') return machineDecimal(value.trim());
  return typeof value === 'number' && Number.isFinite(value) ? decimalOf(value) : null;
}

/** Since 2022 a record gives a code alone, of a municipality, a canton, a department, a region: its region is known. */
function placeOf(record: unknown, at: readonly (string | number)[], problems: Problem[]): StatedPlace | null {
  const name = textOf(valueAt(record, 'lieuExecution', 'nom'));
  const stated = valueAt(record, 'lieuExecution', 'code');
  const code = typeof stated === 'number' ? String(stated) : textOf(stated);
  if (name === null && code === null) return null;
  const kind = fold(textOf(valueAt(record, 'lieuExecution', 'typeCode')) ?? '');
  const isPostal = kind.includes('postal');
  const isCountry = kind.includes('pays');
  const country = isCountry && code !== null ? countryCode(code) : 'FR';
  const place = { ...NO_PLACE, municipality: name, postalCode: isPostal ? code : null, country };
  if (code === null || isCountry) return place;
  const nuts = frenchRegion(code, kind.includes('region') ? 'region' : 'other');
  if (nuts === null || (name === null && !isPostal)) {
    problems.push({
      code: nuts === null ? 'notice.place.code-unknown' : 'notice.place.region-only',
      severity: nuts === null ? 'warning' : 'info',
      place: { pointer: pointerTo(...at, 'lieuExecution') },
      found: code.slice(0, 200),
      expected: null,
    });
  }
  return { ...place, nuts };
}
