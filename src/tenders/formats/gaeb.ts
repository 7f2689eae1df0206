import type { Problem } from '../../kernel/index.js';
import {
  blankLine,
  blankLot,
  blankTender,
  type BillLine,
  type LineKind,
  type Lot,
  type ParsedTender,
} from '../domain/index.js';
import { FormatRefusal } from './format-refusal.js';
import { keyLines } from './key-lines.js';
import { machineDecimal, statedMoney } from './stated-values.js';
import { normalUnit } from './bill/units.js';
import { deepText, descendants, pathsWith, xpathOf, xpathsOf, type XmlNode } from './xml-tree.js';

/** One namespace per exchange phase and version (`…/DA83/3.3`): local names are the same in all. */
const at = pathsWith({});

/** What is the same for every item. */
interface BillOfItems {
  readonly currency: string | null;
  readonly firsts: Firsts;
  readonly problems: Problem[];
}

interface Heading {
  readonly numbers: readonly string[];
  readonly titles: readonly string[];
}

export function isGaeb(root: XmlNode): boolean {
  return root.local === 'GAEB' && root.uri.includes('gaeb.de');
}

function text(from: XmlNode, path: string): string | null {
  const [node] = at(from, path);
  return node ? deepText(node) || null : null;
}

/**
 * A German bill of quantities, GAEB DA XML 3.x, phases X81 to X86.
 * @throws FormatRefusal `bill.lines.dropped`
 */
export function readGaeb(root: XmlNode): ParsedTender {
  const problems: Problem[] = [];
  const [award] = at(root, 'Award');
  const [boq] = award ? at(award, 'BoQ') : [];
  const currency = (award && text(award, 'AwardInfo/Cur')) ?? text(root, 'PrjInfo/Cur');
  const project = text(root, 'PrjInfo/LblPrj') ?? text(root, 'PrjInfo/NamePrj');
  const title = (boq && text(boq, 'BoQInfo/LblBoQ')) ?? project;
  const phase = award && text(award, 'DP');
  const total = (boq && text(boq, 'BoQInfo/Totals/Total')) ?? null;
  const lots = readLots(boq ?? null, title, { currency, problems, firsts: boq ? firstsIn(boq) : new Map() });
  refuseAllDropped(lots, problems);
  return {
    format: 'gaeb',
    formatVersion: text(root, 'GAEBInfo/Version'),
    language: 'de',
    tender: {
      ...blankTender(),
      title,
      nature: 'works',
      value: statedMoney(total, currency),
    },
    lots: keyLines(lots, problems),
    notice: {
      kind: phase ? `X${phase}` : 'GAEB',
      id: null,
      version: null,
      publicationId: null,
      subtype: null,
      legalBasis: null,
      procedureType: null,
      languageCode: null,
      issueDate: null,
      buyers: [],
    },
    sources: xpathsOf({
      title: (boq && at(boq, 'BoQInfo/LblBoQ')[0]) ?? at(root, 'PrjInfo/LblPrj')[0],
      value: boq && at(boq, 'BoQInfo/Totals/Total')[0],
    }),
    layout: [],
    problems,
  };
}

/** A bill of which nothing is asked any more has nothing to offer for: it is another file than the one meant. */
function refuseAllDropped(lots: readonly Lot[], problems: readonly Problem[]): void {
  const dropped = problems.find(
    ({ code }) => code === 'bill.chapter.dropped' || code === 'bill.line.dropped',
  );
  if (!dropped || lots.some(({ lines }) => lines.length > 0)) return;
  throw new FormatRefusal('bill.lines.dropped', { place: dropped.place, found: dropped.found });
}

/** The outermost level is lots only when the structure of ordinal numbers says so. */
function readLots(boq: XmlNode | null, title: string | null, bill: BillOfItems): readonly Lot[] {
  const [body] = boq ? at(boq, 'BoQBody') : [];
  const [breakdown] = boq ? at(boq, 'BoQInfo/BoQBkdn/Type') : [];
  if (!body) return [blankLot({ ref: '1', declared: false, title })];
  const root: Heading = { numbers: [], titles: [] };
  if (breakdown?.text !== 'Lot') {
    return [
      blankLot({
        ref: '1',
        declared: false,
        title,
        lines: readBody(body, root, bill),
        at: placeOf(body),
      }),
    ];
  }
  return at(body, 'BoQCtgy').flatMap((category) => {
    const number = category.attributes.get('RNoPart') ?? '';
    if (isDroppedChapter(category, [number], bill)) return [];
    const [inner] = at(category, 'BoQBody');
    return [
      blankLot({
        ref: number,
        title: text(category, 'LblTx'),
        lines: inner ? readBody(inner, { numbers: [number], titles: [] }, bill) : [],
        at: placeOf(category),
      }),
    ];
  });
}

function placeOf(node: XmlNode): { xpath: string } {
  return { xpath: xpathOf(node) };
}

function readBody(body: XmlNode, heading: Heading, bill: BillOfItems): readonly BillLine[] {
  return body.children.flatMap((child) => {
    if (child.local === 'Itemlist') {
      return at(child, 'Item').flatMap((item) => {
        const line = readItem(item, heading, bill);
        if (!isDropped(item)) return [line];
        bill.problems.push({
          code: 'bill.line.dropped',
          severity: 'info',
          place: line.place,
          found: line.ref,
          expected: null,
        });
        return [];
      });
    }
    if (child.local !== 'BoQCtgy') return [];
    const title = text(child, 'LblTx');
    const number = child.attributes.get('RNoPart') ?? '';
    if (isDroppedChapter(child, [...heading.numbers, number], bill)) return [];
    const [inner] = at(child, 'BoQBody');
    const below = {
      numbers: [...heading.numbers, number],
      titles: title === null ? heading.titles : [...heading.titles, title],
    };
    return inner ? readBody(inner, below, bill) : [];
  });
}

function readItem(item: XmlNode, heading: Heading, { currency, firsts }: BillOfItems): BillLine {
  const index = item.attributes.get('RNoIndex');
  const numbers = [
    ...heading.numbers,
    item.attributes.get('RNoPart') ?? '',
    ...(index === undefined ? [] : [index]),
  ];
  const unit = text(item, 'QU');
  const kind = kindOf(item, firsts);
  const lumpSum = text(item, 'LumpSumItem') === 'Yes';
  return blankLine({
    ref: numbers.filter((number) => number !== '').join('.'),
    label:
      text(item, 'Description/CompleteText/OutlineText/OutlTxt/TextOutlTxt') ??
      text(item, 'Description/OutlineText/OutlTxt/TextOutlTxt') ??
      '',
    description: text(item, 'Description/CompleteText/DetailTxt'),
    unit,
    unitNorm: normalUnit(unit),
    quantity: machineDecimal(text(item, 'Qty')),
    nature: lumpSum ? 'FFT' : null,
    kind,
    variant: kind !== 'base',
    unitPrice: statedMoney(text(item, 'UP'), currency),
    total: statedMoney(text(item, 'IT'), currency),
    section: heading.titles,
    place: placeOf(item),
  });
}

/** A position or a chapter that stands there and is no longer asked. */
function isDropped(node: XmlNode): boolean {
  return text(node, node.local === 'Item' ? 'NotAppl' : 'NotApplBoQ') === 'Yes';
}

/** @param numbers of the chapter and those around it */
function isDroppedChapter(category: XmlNode, numbers: readonly string[], { problems }: BillOfItems): boolean {
  if (!isDropped(category)) return false;
  const items = descendants(category, 'Item');
  if (items.length === 0) return true;
  const words = [numbers.filter((part) => part !== '').join('.'), text(category, 'LblTx') ?? ''];
  problems.push({
    code: 'bill.chapter.dropped',
    severity: 'info',
    place: placeOf(category),
    found: words.join(' ').trim().slice(0, 200),
    expected: null,
    params: { count: items.length },
  });
  return true;
}

/** `Provis`: on demand; of a group of alternatives the one with the lowest serial number is ordered. */
function kindOf(item: XmlNode, firsts: Firsts): LineKind {
  if (at(item, 'Provis').length > 0) return 'option';
  const group = text(item, 'ALNGroupNo');
  const first = group === null ? undefined : firsts.get(group);
  return first !== undefined && bySerial.compare(serialOf(item), first) > 0 ? 'variant' : 'base';
}

/** Group of alternatives to the serial number of its first that is still asked: 0, 1 where bills count from there. */
type Firsts = ReadonlyMap<string, string>;

/** Numbers as numbers; `A`, `B` as letters. */
const bySerial = new Intl.Collator('de', { numeric: true });

function firstsIn(boq: XmlNode): Firsts {
  const firsts = new Map<string, string>();
  const visit = (node: XmlNode): void => {
    if (isDropped(node)) return;
    const group = node.local === 'Item' ? text(node, 'ALNGroupNo') : null;
    if (group === null) return node.children.forEach(visit);
    const [serial, first] = [serialOf(node), firsts.get(group)];
    if (first === undefined || bySerial.compare(serial, first) < 0) firsts.set(group, serial);
  };
  visit(boq);
  return firsts;
}

function serialOf(item: XmlNode): string {
  return text(item, 'ALNSerNo') ?? '0';
}
