import { isCpvShape, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  blankLot,
  blankTender,
  durationInDays,
  type Buyer,
  type Duration,
  type Lot,
  type ParsedTender,
  type StatedPlace,
} from '../domain/index.js';
import { FormatRefusal } from './format-refusal.js';
import { listOf, pointerTo, property, textOf, valueAt } from './json-value.js';
import { decimalOf } from './stated-values.js';

function recordsOf(value: unknown): readonly unknown[] {
  const direct = property(value, 'marches');
  return Array.isArray(direct) ? listOf(direct) : listOf(valueAt(value, 'marches', 'marche'));
}

export function isDecp(value: unknown): boolean {
  return Array.isArray(property(value, 'marches')) || Array.isArray(valueAt(value, 'marches', 'marche'));
}

/** French award records (données essentielles, JSON 2019): each record becomes one lot. */
export function readDecp(value: unknown): ParsedTender {
  const problems: Problem[] = [];
  const records = recordsOf(value);
  if (records.length === 0) {
    throw new FormatRefusal('file.decp.record.none', { place: { pointer: '/marches' }, expected: '[ … ]' });
  }
  const lots = records.map((record, index) => readRecord(record, index, problems));
  const buyers = records.map((record) => buyerOf(record));
  const [only] = records.length === 1 ? records : [];
  return {
    format: 'decp',
    formatVersion: '2019',
    language: 'fr',
    tender: {
      ...blankTender(),
      title: textOf(property(only, 'objet')),
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
    layout: [],
    problems,
  };
}

function buyerOf(record: unknown): Buyer | null {
  const name = textOf(valueAt(record, 'acheteur', 'nom'));
  const id = textOf(valueAt(record, 'acheteur', 'id'));
  return name === null && id === null ? null : { name, id, country: 'FR', nuts: null };
}

function readRecord(record: unknown, index: number, problems: Problem[]): Lot {
  const code = textOf(property(record, 'codeCPV'))?.replace(/-\d$/, '') ?? null;
  const cpv = isCpvShape(code) ? [code] : [];
  if (code !== null && cpv.length === 0) {
    problems.push({
      code: 'notice.cpv.unreadable',
      severity: 'warning',
      place: { pointer: pointerTo('marches', index, 'codeCPV') },
      found: code.slice(0, 200),
      expected: '45000000',
    });
  }
  const amount = property(record, 'montant');
  const decimal = typeof amount === 'number' ? decimalOf(amount) : null;
  const months = property(record, 'dureeMois');
  const durations: readonly Duration[] =
    typeof months === 'number' && Number.isFinite(months)
      ? [{ value: decimalOf(months) ?? '0', unit: 'MONTH' }]
      : [];
  const place = placeOf(record);
  return blankLot({
    ref: textOf(property(record, 'id')) ?? String(index + 1),
    title: textOf(property(record, 'objet')),
    cpv,
    value: decimal === null ? null : { amount: decimal, currency: 'EUR' },
    place: place ?? NO_PLACE,
    places: place ? [place] : [],
    durations,
    durationDays: durations[0] ? durationInDays(durations[0]) : null,
    at: { pointer: pointerTo('marches', index) },
  });
}

function placeOf(record: unknown): StatedPlace | null {
  const name = textOf(valueAt(record, 'lieuExecution', 'nom'));
  const code = textOf(valueAt(record, 'lieuExecution', 'code'));
  if (name === null && code === null) return null;
  const postal =
    textOf(valueAt(record, 'lieuExecution', 'typeCode'))
      ?.toLowerCase()
      .includes('postal') === true;
  return { ...NO_PLACE, municipality: name, postalCode: postal ? code : null, country: 'FR' };
}
