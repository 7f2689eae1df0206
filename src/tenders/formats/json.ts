import { isDecimal, type Place, type Problem } from '../../kernel/index.js';
import {
  CONTRACT_NATURES,
  EXECUTIONS,
  isAsked,
  LINE_KINDS,
  LOT_KINDS,
  NO_PLACE,
  PARTICIPATIONS,
  QUANTITY_NATURES,
  type BillLine,
  type Buyer,
  type Duration,
  type Lot,
  type NoticeFacts,
  type Numbering,
  type FactSources,
  type ParsedTender,
  TRACED_FACTS,
  type Reserved,
  type StatedPlace,
  type TableLayout,
  type TenderFacts,
} from '../domain/index.js';
import { normalUnit } from './bill/units.js';
import { FormatRefusal } from './format-refusal.js';
import { isMoment, JsonFields } from './json-fields.js';
import { isObject, property } from './json-value.js';
import { isPlace } from './json-place.js';
import { keyLines } from './key-lines.js';

/** Grows only when a reader of the old one would misread the new one. */
const VERSION = '1';

/** True for an object that has the shape of our own format, even if much is missing. */
export function isOwnJson(value: unknown): boolean {
  return isObject(value) && (isObject(property(value, 'tender')) || Array.isArray(property(value, 'lots')));
}

/**
 * Our own format: what `parse` prints is what it reads. Of the problems of an earlier reading the questions are taken
 * over, without whose answers numbers stay unknown; what else was told is of that document.
 */
export function readOwnJson(value: unknown): ParsedTender {
  const problems: Problem[] = [];
  const root = new JsonFields(value, [], problems);
  // The procedures of a file are chosen from in that file.
  for (const ignored of ['$schema', 'format', 'problems', 'message', 'processes']) root.raw(ignored);
  const version = root.text('formatVersion');
  const tenderFields = root.object('tender');
  const tender = readTender(tenderFields);
  const lots = root.objects('lots').map((lot, index) => readLot(lot, index));
  const parsed: ParsedTender = {
    format: 'json',
    formatVersion: version ?? VERSION,
    language: root.text('language'),
    tender,
    lots: keyLines(lots, problems),
    notice: readNotice(root),
    sources: readSources(root, tender),
    ...(root.has('numbering') ? { numbering: readNumbering(root.object('numbering')) } : {}),
    layout: root.objects('layout').map(readLayout),
    problems,
  };
  root.tellUnknownNames();
  problems.push(...readQuestions(root, parsed));
  if (tender.title === null && lots.length === 0) {
    throw new FormatRefusal('json.tender.empty', {
      place: { pointer: '/tender/title' },
      expected: 'tender.title, lots',
    });
  }
  return parsed;
}

/** Numbers of the lines, and a deadline, that read two ways and are not known yet. */
function readQuestions(root: JsonFields, { lots, tender }: ParsedTender): readonly Problem[] {
  const lines = new Map(lots.flatMap((lot) => lot.lines.map((line) => [line.key, line])));
  return root.objects('problems').flatMap((fields): Problem[] => {
    const [code, found, expected] = [fields.text('code'), fields.text('found'), fields.text('expected')];
    const told = fields.raw('params');
    const [ref, role, line] = ['ref', 'role', 'line'].map((name) => property(told, name));
    const params =
      typeof ref === 'string' && typeof role === 'string' && typeof line === 'string'
        ? { ref, role, line }
        : null;
    const place = placeIn(fields.raw('place'));
    const question = { code: code ?? '', severity: 'warning' as const, place, found, expected };
    const asked: Problem = params ? { ...question, params } : question;
    const open = params ? isUnknown(lines.get(params.line), params.role) : tender.deadline === null;
    return open && isAsked(asked) && hasReadings(asked, params !== null) ? [asked] : [];
  });
}

function isUnknown(line: BillLine | undefined, role: string): boolean {
  return (
    line !== undefined &&
    (role === 'quantity' ? line.quantity : role === 'total' ? line.total : line.unitPrice) === null
  );
}

function hasReadings({ expected }: Problem, ofNumber: boolean): boolean {
  const readings = expected?.split(' | ') ?? [];
  return readings.length > 1 && readings.every((text) => (ofNumber ? isDecimal(text) : isMoment(text)));
}

/** Places of an earlier reading, or where the facts stand here. */
function readSources(root: JsonFields, tender: TenderFacts): FactSources {
  const told = root.raw('sources');
  const stated: Readonly<Record<string, unknown>> = {
    ...tender,
    cpv: tender.cpv[0],
    place: tender.places[0],
  };
  return Object.fromEntries(
    TRACED_FACTS.flatMap((fact) => {
      const place = placeIn(property(told, fact)) ?? { pointer: `/tender/${fact}` };
      const isStated = stated[fact] !== null && stated[fact] !== undefined;
      return isStated ? [[fact, place] as const] : [];
    }),
  );
}

function readNumbering(fields: JsonFields): Numbering | null {
  const [system, edition] = [fields.text('system'), fields.text('edition')];
  fields.tellUnknownNames();
  return system === null || edition === null ? null : { system, edition };
}

function readTender(fields: JsonFields): TenderFacts {
  const tender: TenderFacts = {
    title: fields.text('title'),
    description: fields.text('description'),
    buyer: readBuyer(fields, 'buyer'),
    nature: fields.oneOf('nature', CONTRACT_NATURES),
    noticeDate: fields.day('noticeDate'),
    deadline: fields.moment('deadline'),
    cpv: fields.cpv('cpv'),
    value: fields.money('value'),
    ...readPlaces(fields),
    reserved: readReserved(fields),
    durations: readDurations(fields),
  };
  fields.tellUnknownNames();
  return tender;
}

function readBuyer(fields: JsonFields, name: string): Buyer | null {
  return fields.has(name) ? buyerOf(fields.object(name)) : null;
}

function buyerOf(buyer: JsonFields): Buyer {
  const read = {
    name: buyer.text('name'),
    id: buyer.text('id'),
    country: buyer.text('country'),
    nuts: buyer.text('nuts'),
  };
  buyer.tellUnknownNames();
  return read;
}

function readPlaces(fields: JsonFields): { place: StatedPlace; places: readonly StatedPlace[] } {
  const place = fields.has('place') ? placeOf(fields.object('place')) : NO_PLACE;
  const places = fields.objects('places').map(placeOf);
  const states = Object.values(place).some((part) => part !== null);
  return { place, places: !fields.has('places') && states ? [place] : places };
}

function placeOf(fields: JsonFields): StatedPlace {
  const place = {
    nuts: fields.text('nuts'),
    postalCode: fields.text('postalCode'),
    municipality: fields.text('municipality'),
    locality: fields.text('locality'),
    country: fields.text('country'),
  };
  fields.tellUnknownNames();
  return place;
}

function readReserved(fields: JsonFields): Reserved {
  const reserved = fields.object('reserved');
  const read = {
    participation: reserved.oneOf('participation', PARTICIPATIONS),
    execution: reserved.oneOf('execution', EXECUTIONS),
  };
  reserved.tellUnknownNames();
  return read;
}

function readDurations(fields: JsonFields): readonly Duration[] {
  return fields.objects('durations').flatMap((duration) => {
    const value = duration.decimal('value');
    const unit = duration.oneOf('unit', ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const);
    return value !== null && unit !== null ? [{ value, unit }] : [];
  });
}

function readLot(fields: JsonFields, index: number): Lot {
  const subcontracting = fields.object('subcontracting');
  const declared = fields.has('declared') ? fields.flag('declared') : true;
  const lot: Lot = {
    ref: fields.text('ref') ?? String(index + 1),
    kind: fields.oneOf('kind', LOT_KINDS) ?? 'Lot',
    declared,
    title: fields.text('title'),
    description: fields.text('description'),
    nature: fields.oneOf('nature', CONTRACT_NATURES),
    cpv: fields.cpv('cpv'),
    value: fields.money('value'),
    ...readPlaces(fields),
    reserved: readReserved(fields),
    reservedParticipation: fields.texts('reservedParticipation'),
    socialObjectives: fields.texts('socialObjectives'),
    subcontracting: {
      obligation: subcontracting.text('obligation'),
      indications: subcontracting.texts('indications'),
      minimumPercent: subcontracting.decimal('minimumPercent'),
      maximumPercent: subcontracting.decimal('maximumPercent'),
    },
    durationDays: fields.wholeNumber('durationDays'),
    durations: readDurations(fields),
    start: fields.day('start'),
    end: fields.day('end'),
    deadline: fields.moment('deadline'),
    lines: fields.objects('lines').map(readLine),
    at: placeIn(fields.raw('at')) ?? { pointer: fields.pointer },
  };
  const sumAt = placeIn(fields.raw('sumAt'));
  fields.tellUnknownNames();
  return sumAt === null ? lot : { ...lot, sumAt };
}

function readLine(fields: JsonFields): BillLine {
  const kind = fields.oneOf('kind', LINE_KINDS);
  const variant = fields.flag('variant');
  const ref = fields.text('ref') ?? '';
  const unit = fields.text('unit');
  fields.raw('key');
  const line: BillLine = {
    key: ref,
    ref,
    label: fields.text('label') ?? '',
    unit,
    unitNorm: fields.text('unitNorm') ?? normalUnit(unit),
    quantity: fields.decimal('quantity'),
    nature: fields.oneOf('nature', QUANTITY_NATURES),
    kind: kind ?? (variant ? 'variant' : 'base'),
    unitPrice: fields.money('unitPrice'),
    total: fields.money('total'),
    variant,
    description: fields.text('description'),
    section: fields.texts('section'),
    catalogueCode: fields.text('catalogueCode'),
    zone: fields.text('zone'),
    cpv: fields.cpv('cpv'),
    place: placeIn(fields.raw('place')) ?? { pointer: fields.pointer },
  };
  fields.tellUnknownNames();
  return line;
}

function placeIn(value: unknown): Place | null {
  return isPlace(value) ? value : null;
}

function readNotice(root: JsonFields): NoticeFacts | null {
  if (!root.has('notice')) return null;
  const fields = root.object('notice');
  const notice: NoticeFacts = {
    kind: fields.text('kind') ?? 'json',
    id: fields.text('id'),
    version: fields.text('version'),
    publicationId: fields.text('publicationId'),
    subtype: fields.text('subtype'),
    legalBasis: fields.text('legalBasis'),
    procedureType: fields.text('procedureType'),
    languageCode: fields.text('languageCode'),
    issueDate: fields.text('issueDate'),
    buyers: fields.objects('buyers').map(buyerOf),
  };
  fields.tellUnknownNames();
  return notice;
}

function readLayout(fields: JsonFields): TableLayout {
  const at = placeIn(fields.raw('at'));
  return {
    sheet: fields.text('sheet') ?? '',
    ...(at ? { at } : {}),
    headerRow: fields.wholeNumber('headerRow') ?? 0,
    columns: textsOf(fields.raw('columns')),
    headers: textsOf(fields.raw('headers')),
    fingerprint: fields.text('fingerprint'),
    remembered: fields.raw('remembered') === true,
  };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
