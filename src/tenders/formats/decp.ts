import { isCpvShape, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  blankLot,
  blankTender,
  durationInDays,
  type Buyer,
  type ContractNature,
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
import { decimalOf, machineDecimal, statedMoney } from './stated-values.js';

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

/** A list, or lists of contracts and concessions; one alone may stand without its list, and both without their file. */
export function decpRecords(value: unknown): readonly DecpRecord[] {
  if (isContract(value)) return [{ value, at: [] }];
  if (Array.isArray(value))
    return listOf(value).flatMap((record, index) =>
      isObject(record) ? [{ value: record, at: [index] }] : [],
    );
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

function isContract(value: unknown): boolean {
  return ['acheteur', 'autoriteConcedante'].some((name) => isObject(property(value, name)));
}

export function isDecp(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isContract);
  if (isContract(value)) return true;
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
  if (records.length === 1) tellOf(records[0]!, problems);
  const [place, ...otherPlaces] = new Map(lots.map((lot) => [JSON.stringify(lot.place), lot.place])).values();
  const isOnePlace = place !== undefined && otherPlaces.length === 0 && lots[0]!.places.length > 0;
  return {
    format: 'decp',
    formatVersion: versionOf(records),
    language: 'fr',
    tender: {
      ...blankTender(),
      title: textOf(property(only, 'objet')),
      nature: natureOf(textOf(property(only, 'nature'))),
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
    ref: idOf(value) ?? String(index + 1),
    title: textOf(property(value, 'objet')),
    buyer: buyerOf(value)?.name ?? buyerOf(value)?.id ?? null,
  };
}

function buyerOf(record: unknown): Buyer | null {
  const said = property(record, 'acheteur') ?? property(record, 'autoriteConcedante');
  const name = textOf(property(said, 'nom'));
  const id = idOf(said);
  return name === null && id === null ? null : { name, id, country: 'FR', nuts: null };
}

function readRecord({ value: record, at }: DecpRecord, index: number, problems: Problem[]): Lot {
  const code = codeOf(property(record, 'codeCPV'));
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
  const amounts = ['montant', 'valeurGlobale'].map((name) => property(record, name));
  const decimal = amounts.map(numberOf).find((amount) => amount !== null) ?? null;
  const unread = amounts.map(textOf).find((text) => text !== null && isUnread(text)) ?? null;
  if (decimal === null && unread !== null) {
    problems.push({
      code: 'notice.amount.unreadable',
      severity: 'warning',
      place: { pointer: pointerTo(...at, 'montant') },
      found: unread.slice(0, 200),
      expected: '125000.00',
    });
  }
  const months = numberOf(property(record, 'dureeMois'));
  const durations: readonly Duration[] = months === null ? [] : [{ value: months, unit: 'MONTH' }];
  const place = placeOf(record, at, problems);
  return blankLot({
    ref: idOf(record) ?? String(index + 1),
    title: textOf(property(record, 'objet')),
    cpv,
    value: statedMoney(decimal, 'EUR'),
    place: place ?? NO_PLACE,
    places: place ? [place] : [],
    durations,
    durationDays: durations[0] ? durationInDays(durations[0]) : null,
    at: { pointer: pointerTo(...at) },
  });
}

/** Some exporters write numbers as texts. */
function numberOf(value: unknown): string | null {
  if (typeof value === 'string') return machineDecimal(value.trim());
  return typeof value === 'number' && Number.isFinite(value) ? decimalOf(value) : null;
}

/** Not communicated, and confidential: said on purpose. */
function isUnread(text: string): boolean {
  return !/^(NC|CDL)$/i.test(text) && machineDecimal(text) === null;
}

/** Others write numbers for texts. */
function idOf(holder: unknown): string | null {
  const id = property(holder, 'id');
  return typeof id === 'number' ? String(id) : textOf(id);
}

function codeOf(stated: unknown): string | null {
  // A number has lost the zero of farming and of petroleum.
  if (typeof stated === 'number') return String(stated).replace(/^([39]\d{6})$/, '0$1');
  return textOf(stated)?.replace(/-\d$/, '') ?? null;
}

function natureOf(stated: string | null): ContractNature | null {
  const [, what] = /^concession de (travaux|service)/.exec(fold(stated ?? '')) ?? [];
  return what === undefined ? null : what === 'travaux' ? 'works' : 'services';
}

const MODIFIED_ON = [
  'dateNotificationModification',
  'dateSignatureModification',
  'datePublicationDonneesModification',
];

/** The amount and the duration that hold after all changes, in words; null where nothing of them was changed. */
function changedOf(record: unknown): string | null {
  const changes = listOf(property(record, 'modifications')).map((one) => {
    const value = property(one, 'modification') ?? one;
    const on = MODIFIED_ON.map((name) => textOf(property(value, name))).find((day) => day !== null);
    return { value, on: on ?? '' };
  });
  const inOrder = changes.toSorted((a, b) => a.on.localeCompare(b.on)).map(({ value }) => value);
  const last = (name: string): string | null =>
    inOrder.map((change) => numberOf(property(change, name))).findLast((number) => number !== null) ?? null;
  const [amount, months] = [last('montant') ?? last('valeurGlobale'), last('dureeMois')];
  const words = [amount && `${amount} EUR`, months && `${months} mois`].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(', ');
}

/** Of one contract a person is told what no field of ours holds. */
function tellOf({ value: record, at }: DecpRecord, problems: Problem[]): void {
  const tell = (name: string, code: string, severity: Problem['severity'], found: string | null): void => {
    problems.push({ code, severity, place: { pointer: pointerTo(...at, name) }, found, expected: null });
  };
  const changed = changedOf(record);
  if (changed !== null) tell('modifications', 'notice.modified', 'warning', changed);
  const aims = property(record, 'considerationsSociales');
  const stated = property(aims, 'considerationSociale') ?? aims;
  const words = (Array.isArray(stated) ? stated : [stated]).flatMap((word) => textOf(word) ?? []);
  const [reserved, others] = [/reserve/, /^(clause|critere)/].map((kind) =>
    words.filter((word) => kind.test(fold(word))).join(', '),
  );
  if (reserved) tell('considerationsSociales', 'notice.reserved.unsaid', 'warning', reserved.slice(0, 200));
  if (others) tell('considerationsSociales', 'notice.social.stated', 'info', others.slice(0, 200));
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
  const isRegion = kind.includes('region');
  const country = isCountry && code !== null ? countryCode(code) : 'FR';
  // The name of a region is that of no municipality.
  const municipality = isCountry || isRegion ? null : name;
  const place = { ...NO_PLACE, municipality, postalCode: isPostal ? code : null, country };
  if (code === null || isCountry) return place;
  const nuts = frenchRegion(code, isRegion ? 'region' : 'other');
  if (nuts === null || (municipality === null && !isPostal)) {
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
