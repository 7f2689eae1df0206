import { isDay, type Day, type Money, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  blankLot,
  blankTender,
  daysFromTo,
  durationInDays,
  type Buyer,
  type ContractNature,
  type Duration,
  type Lot,
  type ParsedTender,
  type Reserved,
  type StatedPlace,
} from '../domain/index.js';
import { countryCode, languageCode } from './countries.js';
import { FormatRefusal } from './format-refusal.js';
import { localMoment } from './local-time.js';
import { machineDecimal, statedMoney, tellAmount } from './stated-values.js';
import { isFormBefore2016, readFormBefore2016, type FormFacts } from './ted-export-before-2016.js';
import { compactDay, cpvCodes, placesWithin, TED_NATURES, tellSeveralContracts } from './ted-values.js';
import { deepText, descendants, pathsWith, xpathOf, xpathsOf, type XmlNode } from './xml-tree.js';

/** The namespace changed with every release of the schema; local names did not. */
const at = pathsWith({});

/** `F02_2014`, and `T01_2014` of passenger transport. */
const FORM = /^[FT]\d{2}_\d{4}$/;
const CORRIGENDUM = /^F14_|CORRIGENDUM/;

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
  if (CORRIGENDUM.test(form.local)) {
    const place = { xpath: xpathOf(first(form, 'CHANGES') ?? form) };
    problems.push({ code: 'notice.corrects', severity: 'warning', place, found: null, expected: null });
  }
  const { tender, lots, buyers, sources, procedureType } = FORM.test(form.local)
    ? readForm(form, problems)
    : readFormBefore2016(form, languageCode(language), problems);
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

/** A form of the schema R2.0.9. Most have one object; a prior information may announce several contracts. */
function readForm(form: XmlNode, problems: Problem[]): FormFacts {
  const objects = at(form, 'OBJECT_CONTRACT');
  const object = objects[0] ?? null;
  const buyers = readBuyers(form);
  const reserved = readReserved(form);
  const language = languageCode(form.attributes.get('LG') ?? null);
  const due = dueIn(form);
  const deadline = due && localMoment(due.day, due.time, buyers[0]?.country ?? null);
  const lots = objects.flatMap((one, index) =>
    readLots(one, { language, reserved, deadline, problems, part: objects.length > 1 ? index + 1 : null }),
  );
  if (objects.length > 1) tellSeveralContracts(objects, problems);
  if (object === null) {
    const place = { xpath: xpathOf(form) };
    problems.push({ code: 'notice.lot.none', severity: 'warning', place, found: null, expected: null });
  }
  tellRepeated(lots, problems);
  const awarded = object && first(object, 'VAL_TOTAL');
  if (awarded) tellAmount('notice.value.awarded', awarded, awarded.attributes.get('CURRENCY'), problems);
  const cpv = [...new Set(objects.flatMap((one) => codes(one, 'CPV_MAIN/CPV_CODE', problems)))];
  const places = uniquePlaces(lots);
  const isOne = objects.length < 2;
  const title = object && text(object, 'TITLE');
  const description = object && text(object, 'SHORT_DESCR');
  return {
    tender: {
      ...blankTender(),
      title,
      description,
      buyer: buyers[0] ?? null,
      nature: isOne ? object && natureOf(object) : null,
      deadline,
      cpv,
      value: isOne ? object && money(object, 'VAL_ESTIMATED_TOTAL') : null,
      place: places[0] ?? NO_PLACE,
      places,
      reserved,
    },
    lots:
      lots.length > 0 || object === null
        ? lots
        : [
            blankLot({
              ref: '1',
              declared: false,
              title,
              description,
              cpv,
              reserved,
              deadline,
              at: { xpath: xpathOf(object) },
            }),
          ],
    buyers,
    sources: xpathsOf({
      title: object && first(object, 'TITLE'),
      value: isOne ? object && first(object, 'VAL_ESTIMATED_TOTAL') : null,
      cpv: object && first(object, 'CPV_MAIN'),
      place: object && descendants(object, 'NUTS')[0],
      buyer: first(form, 'CONTRACTING_BODY'),
      deadline: due?.at,
    }),
    procedureType:
      first(form, 'PROCEDURE')?.children.find((child) => child.local.startsWith('PT_'))?.local ?? null,
  };
}

function natureOf(object: XmlNode): ContractNature | null {
  return TED_NATURES[first(object, 'TYPE_CONTRACT')?.attributes.get('CTYPE') ?? ''] ?? null;
}

function tellRepeated(lots: readonly Lot[], problems: Problem[]): void {
  const seen = new Set<string>();
  for (const { ref, at: place } of lots) {
    if (seen.has(ref))
      problems.push({ code: 'notice.lot.repeated', severity: 'warning', place, found: ref, expected: null });
    seen.add(ref);
  }
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

interface Due {
  readonly day: Day;
  readonly time: string | null;
  readonly at: XmlNode;
}

/** The end of receipt; in a corrigendum what stands in its place (section IV.2.2). */
function dueIn(form: XmlNode): Due | null {
  const changed = at(form, 'CHANGES/CHANGE').filter((change) => text(change, 'WHERE/SECTION') === 'IV.2.2');
  const stated = [
    ...at(form, 'PROCEDURE').map((node) => dueAt(node, 'DATE_RECEIPT_TENDERS', 'TIME_RECEIPT_TENDERS')),
    ...changed.map((node) => dueAt(node, 'NEW_VALUE/DATE', 'NEW_VALUE/TIME')),
  ];
  return stated.find((due) => due !== null) ?? null;
}

function dueAt(node: XmlNode, dayPath: string, timePath: string): Due | null {
  const [found, day] = [first(node, dayPath), dayAt(node, dayPath)];
  return found && day !== null ? { day, time: text(node, timePath), at: found } : null;
}

interface OfForm {
  readonly language: string | null;
  readonly reserved: Reserved;
  readonly deadline: string | null;
  readonly problems: Problem[];
  /** Position of the contract, where the form announces several: lots of each count from one. */
  readonly part: number | null;
}

function readLots(object: XmlNode, form: OfForm): readonly Lot[] {
  const nodes = at(object, 'OBJECT_DESCR');
  return nodes.map((node, index) => {
    const lot = readLot(node, index, form);
    return form.part === null ? lot : ofContract(lot, object, form.part, nodes.length === 1);
  });
}

/** A lot of one of several contracts has what is said of that contract and cannot be said of the whole. */
function ofContract(lot: Lot, object: XmlNode, part: number, isOnly: boolean): Lot {
  return {
    ...lot,
    ref: isOnly && !lot.declared ? String(part) : `${part}.${lot.ref}`,
    declared: true,
    title: lot.title ?? text(object, 'TITLE'),
    description: lot.description ?? (isOnly ? text(object, 'SHORT_DESCR') : null),
    nature: natureOf(object),
    cpv: [...new Set([...codes(object, 'CPV_MAIN/CPV_CODE', []), ...lot.cpv])],
    value: lot.value ?? (isOnly ? money(object, 'VAL_ESTIMATED_TOTAL') : null),
  };
}

function readLot(node: XmlNode, index: number, { language, reserved, deadline, problems }: OfForm): Lot {
  const number = text(node, 'LOT_NO');
  const places = placesOf(node, language);
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

function placesOf(node: XmlNode, language: string | null): readonly StatedPlace[] {
  const regions = descendants(node, 'NUTS').flatMap((place) => place.attributes.get('CODE') ?? []);
  return placesWithin(regions, at(node, 'MAIN_SITE'), language);
}

function uniquePlaces(lots: readonly Lot[]): readonly StatedPlace[] {
  return [
    ...new Map(lots.flatMap((lot) => lot.places).map((place) => [JSON.stringify(place), place])).values(),
  ];
}
