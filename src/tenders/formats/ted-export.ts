import { isDay, type Day, type Money, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  blankLot,
  blankTender,
  daysFromTo,
  durationInDays,
  type Buyer,
  type Duration,
  type Lot,
  type ParsedTender,
  type Reserved,
  type StatedPlace,
} from '../domain/index.js';
import { countryCode, languageCode } from './countries.js';
import { FormatRefusal } from './format-refusal.js';
import { localMoment } from './local-time.js';
import { machineDecimal, statedMoney } from './stated-values.js';
import { isFormBefore2016, readFormBefore2016, type FormFacts } from './ted-export-before-2016.js';
import { compactDay, cpvCodes, TED_NATURES } from './ted-values.js';
import { deepText, descendants, pathsWith, xpathOf, xpathsOf, type XmlNode } from './xml-tree.js';

/** The namespace changed with every release of the schema; local names did not. */
const at = pathsWith({});

const FORM = /^F\d{2}_\d{4}$/;

export function isTedExport(root: XmlNode): boolean {
  return root.local === 'TED_EXPORT' && /ted/i.test(root.uri);
}

function first(from: XmlNode, path: string): XmlNode | null {
  return at(from, path)[0] ?? null;
}

function text(from: XmlNode, path: string): string | null {
  const node = first(from, path);
  return node === null ? null : deepText(node) || null;
}

/** A notice of the forms of before 2023 (TED_EXPORT R2.0.8 and R2.0.9), in its original language. */
export function readTedExport(root: XmlNode): ParsedTender {
  const problems: Problem[] = [];
  const forms = first(root, 'FORM_SECTION')?.children.filter(isForm) ?? [];
  const form = forms.find((one) => one.attributes.get('CATEGORY') === 'ORIGINAL') ?? forms[0];
  if (!form) {
    throw new FormatRefusal('file.ted.form.unknown', {
      place: { xpath: '/TED_EXPORT/FORM_SECTION' },
      found: first(root, 'FORM_SECTION')?.children[0]?.local ?? null,
      expected: 'F01_2014 … F25_2014, CONTRACT, CONTRACT_AWARD, PRIOR_INFORMATION',
    });
  }
  const language = form.attributes.get('LG') ?? null;
  const { tender, lots, buyers, sources, procedureType } = FORM.test(form.local)
    ? readForm(form, problems)
    : readFormBefore2016(form, problems);
  return {
    format: 'ted-export',
    formatVersion: root.attributes.get('VERSION') ?? form.attributes.get('VERSION') ?? null,
    language: languageCode(language),
    tender: { ...tender, noticeDate: compactDay(text(root, 'CODED_DATA_SECTION/REF_OJS/DATE_PUB')) },
    lots,
    notice: {
      kind: form.local,
      id: root.attributes.get('DOC_ID') ?? null,
      version: null,
      publicationId: root.attributes.get('DOC_ID') ?? null,
      subtype: form.attributes.get('FORM') ?? null,
      legalBasis: first(form, 'LEGAL_BASIS')?.attributes.get('VALUE') ?? null,
      procedureType,
      languageCode: language,
      issueDate: compactDay(text(root, 'CODED_DATA_SECTION/CODIF_DATA/DS_DATE_DISPATCH')),
      buyers,
    },
    sources,
    layout: [],
    problems,
  };
}

function isForm(node: XmlNode): boolean {
  return FORM.test(node.local) || isFormBefore2016(node);
}

/** A form of the schema R2.0.9. */
function readForm(form: XmlNode, problems: Problem[]): FormFacts {
  const object = first(form, 'OBJECT_CONTRACT');
  const buyers = readBuyers(form);
  const reserved = readReserved(form);
  const deadline = readDeadline(form, buyers[0]?.country ?? null);
  const lots = readLots(object, reserved, deadline, problems);
  const cpv = object ? codes(object, 'CPV_MAIN/CPV_CODE', problems) : [];
  const places = uniquePlaces(lots);
  return {
    tender: {
      ...blankTender(),
      title: object && text(object, 'TITLE'),
      description: object && text(object, 'SHORT_DESCR'),
      buyer: buyers[0] ?? null,
      nature: TED_NATURES[(object && first(object, 'TYPE_CONTRACT')?.attributes.get('CTYPE')) ?? ''] ?? null,
      deadline,
      cpv,
      value: object && money(object, 'VAL_ESTIMATED_TOTAL'),
      place: places[0] ?? NO_PLACE,
      places,
      reserved,
    },
    lots,
    buyers,
    sources: xpathsOf({
      title: object && first(object, 'TITLE'),
      value: object && first(object, 'VAL_ESTIMATED_TOTAL'),
      cpv: object && first(object, 'CPV_MAIN'),
      place: object && descendants(object, 'NUTS')[0],
      buyer: first(form, 'CONTRACTING_BODY'),
      deadline: first(form, 'PROCEDURE/DATE_RECEIPT_TENDERS'),
    }),
    procedureType:
      first(form, 'PROCEDURE')?.children.find((child) => child.local.startsWith('PT_'))?.local ?? null,
  };
}

function codes(from: XmlNode, path: string, problems: Problem[]): readonly string[] {
  return cpvCodes(at(from, path), problems);
}

function money(from: XmlNode, path: string): Money | null {
  const node = first(from, path);
  return node && statedMoney(node.text, node.attributes.get('CURRENCY') ?? null);
}

function readBuyers(form: XmlNode): readonly Buyer[] {
  const addresses = [
    ...at(form, 'CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY'),
    ...at(form, 'CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY_ADDITIONAL'),
  ];
  const buyers = addresses.map((address) => ({
    name: text(address, 'OFFICIALNAME'),
    id: text(address, 'NATIONALID'),
    country: countryCode(first(address, 'COUNTRY')?.attributes.get('VALUE') ?? null),
    nuts: first(address, 'NUTS')?.attributes.get('CODE') ?? null,
  }));
  return [...new Map(buyers.map((buyer) => [JSON.stringify(buyer), buyer])).values()];
}

/** Reserved to sheltered workshops, or executed in their programmes; or to organisations with a public mission. */
function readReserved(form: XmlNode): Reserved {
  const names = new Set(at(form, 'LEFTI').flatMap((node) => node.children.map((child) => child.local)));
  const participation = names.has('RESTRICTED_SHELTERED_WORKSHOP')
    ? 'res-ws'
    : names.has('RESERVED_ORGANISATIONS_SERVICE_MISSION')
      ? 'res-pub-ser'
      : null;
  return { participation, execution: names.has('RESTRICTED_SHELTERED_PROGRAM') ? 'yes' : null };
}

function readDeadline(form: XmlNode, country: string | null): string | null {
  const day = text(form, 'PROCEDURE/DATE_RECEIPT_TENDERS');
  return isDay(day) ? localMoment(day, text(form, 'PROCEDURE/TIME_RECEIPT_TENDERS'), country) : null;
}

function readLots(
  object: XmlNode | null,
  reserved: Reserved,
  deadline: string | null,
  problems: Problem[],
): readonly Lot[] {
  if (object === null) return [];
  return at(object, 'OBJECT_DESCR').map((node, index) => {
    const number = text(node, 'LOT_NO');
    const places = placesOf(node);
    const durations = durationsOf(node);
    const [start, end] = [dayAt(node, 'DATE_START'), dayAt(node, 'DATE_END')];
    return blankLot({
      ref: number ?? String(index + 1),
      declared: number !== null,
      title: text(node, 'TITLE'),
      description: text(node, 'SHORT_DESCR'),
      cpv: codes(node, 'CPV_ADDITIONAL/CPV_CODE', problems),
      value: money(node, 'VAL_OBJECT'),
      place: places[0] ?? NO_PLACE,
      places,
      reserved,
      durations,
      durationDays: durations[0] ? durationInDays(durations[0]) : daysFromTo(start, end),
      start,
      end,
      deadline,
      at: { xpath: xpathOf(node) },
    });
  });
}

function dayAt(node: XmlNode, path: string): Day | null {
  const day = text(node, path);
  return isDay(day) ? day : null;
}

function durationsOf(node: XmlNode): readonly Duration[] {
  return at(node, 'DURATION').flatMap((duration) => {
    const value = machineDecimal(duration.text);
    const type = duration.attributes.get('TYPE');
    const unit = (['DAY', 'MONTH'] as const).find((known) => known === type);
    return value !== null && unit !== undefined ? [{ value, unit }] : [];
  });
}

function placesOf(node: XmlNode): readonly StatedPlace[] {
  const nuts = new Set(descendants(node, 'NUTS').map((place) => place.attributes.get('CODE')));
  return [...nuts].flatMap((code) =>
    code === undefined ? [] : [{ ...NO_PLACE, nuts: code, country: countryCode(code.slice(0, 2)) }],
  );
}

function uniquePlaces(lots: readonly Lot[]): readonly StatedPlace[] {
  return [
    ...new Map(lots.flatMap((lot) => lot.places).map((place) => [JSON.stringify(place), place])).values(),
  ];
}
