import type { Lot, ParsedTender } from '../../src/tenders/index.js';
import { ARGUED, expectedOf, forEachDocument, parsedExample, type Expected, type Json } from './examples.js';

const ALPHA_2: Record<string, string> = {
  BEL: 'BE',
  DEU: 'DE',
  EST: 'EE',
  FRA: 'FR',
  GBR: 'GB',
  GRC: 'GR',
  LUX: 'LU',
  NLD: 'NL',
  UK: 'GB',
};

function amount(value: { amount: string; currency: string } | null | undefined): Json {
  return value ? { amount: Number(value.amount), currency: value.currency } : null;
}

function nuts(places: readonly { nuts: string | null }[]): Json {
  return [...new Set(places.flatMap((place) => place.nuts ?? []))];
}

function durations(stated: readonly { value: string; unit: string }[]): Json {
  return stated.length === 0 ? null : stated.map(({ value, unit }) => ({ value: Number(value), unit }));
}

function deadline(lot: Lot): Json {
  if (lot.deadline === null) return null;
  const [day = '', time = ''] = lot.deadline.split('T');
  const offset = /(Z|[+-]\d\d:\d\d)$/.exec(time)?.[0] ?? '';
  return [`${day}${offset}`, time];
}

function lotFacts(lot: Lot): Expected {
  return {
    id: lot.ref,
    kind: lot.kind,
    title: lot.title,
    nature: lot.nature,
    cpv_main: lot.cpv[0] ?? null,
    cpv_additional: lot.cpv.slice(1),
    estimated_value: amount(lot.value),
    nuts: nuts(lot.places),
    duration: durations(lot.durations),
    tender_deadline: deadline(lot),
    reserved_participation: [...lot.reservedParticipation],
    reserved_execution: lot.reserved.execution,
    social_objective: [...lot.socialObjectives],
    subcontracting_obligation: lot.subcontracting.obligation,
    subcontracting_indication: [...lot.subcontracting.indications],
  };
}

/** What was read, in the words of the expected files. */
function eformsFacts(read: ParsedTender): Expected {
  const { tender, notice } = read;
  const lots = read.lots.filter((lot) => lot.kind !== 'LotsGroup');
  const restricted = lots.some(
    (lot) =>
      ['res-ws', 'res-pub-ser'].includes(lot.reserved.participation ?? '') ||
      lot.reserved.execution === 'yes',
  );
  return {
    format: read.format,
    root: notice!.kind,
    notice_uuid: notice!.id,
    version: notice!.version,
    customization: `eforms-sdk-${read.formatVersion}`,
    publication_id: notice!.publicationId,
    subtype: notice!.subtype,
    legal_basis: notice!.legalBasis,
    language: notice!.languageCode,
    issue_date: notice!.issueDate,
    buyers: notice!.buyers.map(({ name, country, nuts: code }) => ({ name, country, nuts: code })),
    procedure_type: notice!.procedureType,
    procedure: {
      title: tender.title,
      nature: tender.nature,
      cpv_main: tender.cpv[0] ?? null,
      cpv_additional: tender.cpv.slice(1),
      estimated_value: amount(tender.value),
      nuts: nuts(tender.places),
      duration: durations(tender.durations),
    },
    lots: read.lots.map(lotFacts),
    n_lots: lots.length,
    reserved: restricted,
  };
}

/** A notice may list its main code among the additional ones: once is enough. */
function withoutMainCode(facts: Expected): Expected {
  const additional = (facts['cpv_additional'] as Json[]).filter((code) => code !== facts['cpv_main']);
  return { ...facts, cpv_additional: additional };
}

function inOurWords(expected: Expected): Expected {
  const buyers = (expected['buyers'] as Expected[]).map((buyer) => ({
    ...buyer,
    country: ALPHA_2[String(buyer['country'])] ?? buyer['country'] ?? null,
  }));
  return {
    ...expected,
    buyers,
    ...(expected['procedure'] ? { procedure: withoutMainCode(expected['procedure'] as Expected) } : {}),
    lots: (expected['lots'] as Expected[]).map(withoutMainCode),
  };
}

function tedFacts(read: ParsedTender): Expected {
  const { tender, notice } = read;
  const [day = null, time = null] = tender.deadline?.split('T') ?? [];
  return {
    version: read.formatVersion,
    publication_id: notice!.publicationId,
    form: `${notice!.kind}:${notice!.subtype}`,
    language: notice!.languageCode,
    buyers: notice!.buyers.map(({ name, country }) => ({ name, country })),
    title: tender.title,
    cpv_main: tender.cpv[0] ?? null,
    nature: tender.nature?.toUpperCase() ?? null,
    estimated_value: amount(tender.value),
    deadline_date: day,
    deadline_time: time?.slice(0, 5) ?? null,
    reserved: tender.reserved.participation !== null || tender.reserved.execution !== null,
    lots: read.lots.map((lot) => ({
      number: lot.declared ? lot.ref : null,
      title: lot.title,
      cpv_additional: [...lot.cpv],
      nuts: nuts(lot.places),
      estimated_value: amount(lot.value),
    })),
    n_lots: read.lots.length,
  };
}

function ocdsFacts(read: ParsedTender): Expected {
  const { tender, notice } = read;
  const declared = read.lots.filter((lot) => lot.declared);
  const natures: Record<string, string> = { supplies: 'goods' };
  return {
    format: read.format,
    ocid: notice!.id,
    tag: notice!.kind.split(','),
    language: read.language,
    title: tender.title,
    buyer: tender.buyer?.name ?? null,
    nature: tender.nature === null ? null : (natures[tender.nature] ?? tender.nature),
    cpv_codes: [...tender.cpv].sort(),
    estimated_value: amount(tender.value),
    deadline: tender.deadline,
    n_lots: declared.length,
    lots: declared.map((lot) => ({
      id: lot.ref,
      title: lot.title,
      value: amount(lot.value),
      cpv: [...lot.cpv].sort(),
    })),
  };
}

/** Some exporters write a check digit, or make a number of the code. */
function eightDigits(text: Json | undefined): string {
  return String(text).replace(/(\.0|-\d)$/, '');
}

function numberOf(value: string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function ocdsExpected(expected: Expected): Expected {
  const main = expected['cpv_main'] === null ? [] : [eightDigits(expected['cpv_main'])];
  return {
    ...expected,
    language: String(expected['language']).toLowerCase(),
    cpv_codes: [...new Set([...main, ...(expected['cpv_items'] as Json[]).map(eightDigits)])].sort(),
  };
}

function valueAt(facts: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => (value as Expected | undefined)?.[step], facts);
}

/** Puts our value where a difference is argued, so that all the rest is still compared. */
function withArguedDifferences(name: string, read: Expected, expected: Expected): Expected {
  const copy = structuredClone(expected);
  for (const argued of ARGUED) {
    const [file, field = ''] = argued.split(' ');
    if (file !== name) continue;
    const path = field.split('.');
    const holder = valueAt(copy, path.slice(0, -1)) as Expected;
    holder[path.at(-1)!] = valueAt(read, path)!;
  }
  return copy;
}

function expectSame(name: string, read: Expected, asked: Expected): void {
  const expected = withArguedDifferences(name, read, asked);
  const compared = Object.fromEntries(Object.keys(read).map((field) => [field, expected[field] ?? null]));
  expect(read).toEqual(compared);
}

async function checkEforms(folder: string, name: string): Promise<void> {
  const read = eformsFacts(await parsedExample(folder, name));
  const expected = inOurWords(expectedOf(folder, name));
  expect(Object.keys(expected).filter((field) => !(field in read))).toEqual([]);
  expectSame(name, read, expected);
}

async function checkRecords(name: string): Promise<void> {
  const read = await parsedExample('decp', name);
  const records = read.lots.map((lot, index) => ({
    id: lot.ref,
    objet: lot.title,
    codeCPV: lot.cpv[0] ?? null,
    montant: numberOf(lot.value?.amount),
    acheteur: read.notice!.buyers[index]!.name,
    lieu: lot.place.municipality,
  }));
  const asked = (expectedOf('decp', name)['records'] as Expected[]).map((record) => ({
    ...record,
    codeCPV: eightDigits(record['codeCPV']),
  }));
  expect(records).toHaveLength(asked.length);
  expect(asked).toMatchObject(records);
}

async function checkItems(name: string): Promise<void> {
  const read = await parsedExample('gaeb', name);
  const expected = expectedOf('gaeb', name);
  expect(read).toMatchObject({ format: 'gaeb', formatVersion: expected['version'], language: 'de' });
  expect(read.notice!.kind).toBe(`X${String(expected['phase'])}`);
  expect(read.tender.title).toBe(expected['title'] ?? expected['project']);
  const items = read.lots.flatMap((lot) =>
    lot.lines.map((line) => ({
      oz: line.ref,
      short: line.label === '' ? null : line.label,
      qty: numberOf(line.quantity),
      unit: line.unit,
      unit_price: numberOf(line.unitPrice?.amount),
      total: numberOf(line.total?.amount),
    })),
  );
  expect(items).toHaveLength((expected['items'] as Expected[]).length);
  expect(expected['items']).toMatchObject(items);
}

describe('notices, against what an independent reader found', () => {
  for (const folder of ['eforms', 'eforms-sdk']) {
    forEachDocument(folder, 'is read alike, field by field', (name) => checkEforms(folder, name));
  }
  forEachDocument('ted-xml', 'is read alike', async (name) => {
    expectSame(name, tedFacts(await parsedExample('ted-xml', name)), inOurWords(expectedOf('ted-xml', name)));
  });
  forEachDocument('ocds', 'is read alike', async (name) => {
    expectSame(name, ocdsFacts(await parsedExample('ocds', name)), ocdsExpected(expectedOf('ocds', name)));
  });
  forEachDocument('decp', 'is read alike, record by record', checkRecords);
  forEachDocument('gaeb', 'is read alike, item by item', checkItems);
});
