import type { Day, Decimal, Problem } from '../../kernel/index.js';
import {
  blankLine,
  blankLot,
  blankTender,
  daysFromTo,
  type BillLine,
  type Buyer,
  type LineKind,
  type Lot,
  type ParsedTender,
} from '../domain/index.js';
import { FormatRefusal } from './format-refusal.js';
import { keyLines } from './key-lines.js';
import { countryCode } from './countries.js';
import { localMoment } from './local-time.js';
import { machineDecimal, statedDay, statedMoney } from './stated-values.js';
import { languageOf } from './bill/language.js';
import { readNumber } from './bill/numbers.js';
import { normalUnit } from './bill/units.js';
import { deepText, descendants, pathsWith, xpathOf, xpathsOf, type XmlNode } from './xml-tree.js';

/** One namespace per exchange phase and version (`…/DA83/3.3`): local names are the same in all. */
const at = pathsWith({});

/** Of prices whose currency the file does not tell: the bills are those of German offices. */
const DEFAULT_CURRENCY = 'EUR';

/** What is the same for every item. */
interface BillOfItems {
  readonly currency: string;
  readonly firsts: Firsts;
  /** Quantities are stated: a bid, and a description of works, have none. */
  readonly isMeasured: boolean;
  readonly problems: Problem[];
}

interface Heading {
  readonly numbers: readonly string[];
  readonly titles: readonly string[];
  /** It, or a chapter around it, is done in place of another. */
  readonly isVariant: boolean;
}

export function isGaeb(root: XmlNode): boolean {
  // Some programs leave the namespace out.
  return root.local === 'GAEB' && (root.uri === '' || root.uri.includes('gaeb.de'));
}

function text(from: XmlNode, path: string): string | null {
  const [node] = at(from, path);
  return node ? deepText(node) || null : null;
}

/**
 * A German bill of quantities, GAEB DA XML 3.x, phases X81 to X86.
 * @throws FormatRefusal `file.gaeb.bill.none`, `bill.lines.dropped`
 */
export function readGaeb(root: XmlNode): ParsedTender {
  const problems: Problem[] = [];
  const [award] = at(root, 'Award');
  if (!award) throw withoutBill(root);
  const [boq = award] = at(award, 'BoQ');
  const stated = text(award, 'AwardInfo/Cur') ?? text(root, 'PrjInfo/Cur');
  const currency = stated ?? DEFAULT_CURRENCY;
  const project = text(root, 'PrjInfo/LblPrj') ?? text(root, 'PrjInfo/NamePrj');
  const title = text(boq, 'BoQInfo/LblBoQ') ?? project;
  const phase = text(award, 'DP');
  const [owner] = at(award, 'OWN');
  const buyer = owner ? buyerOf(owner) : null;
  const total = totalOf(at(boq, 'BoQInfo')[0] ?? null);
  const [start, end] = [dayAt(award, 'AwardInfo/CnstStart'), dayAt(award, 'AwardInfo/CnstEnd')];
  const lots = readLots(boq, title, {
    currency,
    problems,
    firsts: firstsIn(boq),
    isMeasured: descendants(boq, 'Qty').length > 0,
  });
  refuseAllDropped(lots, problems);
  if (stated === null && (total || isPriced(lots))) tellCurrency(boq, problems);
  const deadline = openingOf(award, buyer?.country ?? null);
  return {
    format: 'gaeb',
    formatVersion: text(root, 'GAEBInfo/Version'),
    language: languageOf([title ?? '', ...wordsOf(lots)]) ?? 'de',
    tender: {
      ...blankTender(),
      title,
      buyer,
      nature: 'works',
      deadline,
      value: total && statedMoney(total.text, currency),
    },
    lots: keyLines(lots, problems).map((lot) => ({
      ...lot,
      start,
      end,
      durationDays: daysFromTo(start, end),
    })),
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
      buyers: buyer ? [buyer] : [],
    },
    sources: xpathsOf({
      title: at(boq, 'BoQInfo/LblBoQ')[0] ?? at(root, 'PrjInfo/LblPrj')[0],
      value: total,
      buyer: buyer && owner,
      deadline: deadline === null ? null : at(award, 'AwardInfo/OpenDate')[0],
    }),
    layout: [],
    problems,
  };
}

/** Quantities for an invoice, an order to a trader: GAEB files too, with no works to be offered for. */
function withoutBill(root: XmlNode): FormatRefusal {
  const part = root.children.find(({ local }) => local !== 'GAEBInfo' && local !== 'PrjInfo');
  return new FormatRefusal('file.gaeb.bill.none', {
    place: placeOf(part ?? root),
    found: part?.local ?? null,
    expected: 'Award',
  });
}

function buyerOf(owner: XmlNode): Buyer | null {
  const names = ['Name1', 'Name2'].flatMap((name) => text(owner, `Address/${name}`) ?? []);
  if (names.length === 0) return null;
  const stated = text(owner, 'Address/Country');
  const country = countryCode(stated) ?? countryNamed(stated);
  return { name: names.join(', '), id: null, country, nuts: null };
}

/** An address says `Belgien`, not `BE`. */
function countryNamed(name: string | null): string | null {
  const names = new Intl.DisplayNames(['de'], { type: 'region' });
  return ['AT', 'BE', 'CH', 'DE', 'FR', 'LU', 'NL'].find((code) => names.of(code) === name) ?? null;
}

function dayAt(from: XmlNode, path: string): Day | null {
  return statedDay(text(from, path));
}

/** Offers are opened when their time is over; there is no other day for it. */
function openingOf(award: XmlNode, country: string | null): string | null {
  const day = dayAt(award, 'AwardInfo/OpenDate');
  const time = text(award, 'AwardInfo/OpenTime')?.replace(/^(\d{1,2}:\d{2}):.*$/, '$1') ?? null;
  return day && localMoment(day, time, country ?? 'DE');
}

/** Net, after what is taken off it. @param sums where a bill or a chapter has its totals */
function totalOf(sums: XmlNode | null): XmlNode | null {
  const totals = ['TotAfterDisc', 'Total'].flatMap((name) => (sums ? at(sums, `Totals/${name}`) : []));
  return totals.find((total) => machineDecimal(total.text) !== null) ?? null;
}

function wordsOf(lots: readonly Lot[]): readonly string[] {
  return lots.flatMap(({ lines }) => lines.map(({ label }) => label));
}

function isPriced(lots: readonly Lot[]): boolean {
  return lots.some(({ lines }) => lines.some(({ unitPrice, total }) => unitPrice ?? total));
}

function tellCurrency(boq: XmlNode, problems: Problem[]): void {
  problems.push({
    code: 'bill.currency.assumed',
    severity: 'info',
    place: placeOf(boq),
    found: null,
    expected: DEFAULT_CURRENCY,
    params: { currency: DEFAULT_CURRENCY },
  });
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
function readLots(boq: XmlNode, title: string | null, bill: BillOfItems): readonly Lot[] {
  const [body] = at(boq, 'BoQBody');
  const [breakdown] = at(boq, 'BoQInfo/BoQBkdn/Type');
  if (!body) return [blankLot({ ref: '1', declared: false, title })];
  const root: Heading = { numbers: [], titles: [], isVariant: false };
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
  const lots = at(body, 'BoQCtgy').flatMap((category) => {
    const number = category.attributes.get('RNoPart') ?? '';
    if (isDroppedChapter(category, [number], bill)) return [];
    const [inner] = at(category, 'BoQBody');
    const heading = { numbers: [number], titles: [], isVariant: isAfterFirst(category, bill.firsts) };
    const total = totalOf(category);
    return [
      blankLot({
        ref: number,
        title: text(category, 'LblTx'),
        ...(total ? { value: statedMoney(total.text, bill.currency), sumAt: placeOf(total) } : {}),
        lines: inner ? readBody(inner, heading, bill) : [],
        at: placeOf(category),
      }),
    ];
  });
  const beside = body.children.filter(({ local }) => local === 'Itemlist');
  const lines = beside.flatMap((list) => readList(list, root, bill));
  if (lines.length === 0) return lots;
  return [...lots, blankLot({ ref: freeRef(lots), declared: false, title, lines, at: placeOf(beside[0]!) })];
}

/** The number after the last, as wide as that. */
function freeRef(lots: readonly Lot[]): string {
  const numbers = lots.map(({ ref }) => Number(ref)).filter(Number.isSafeInteger);
  return String(Math.max(0, ...numbers) + 1).padStart(lots.at(-1)?.ref.length ?? 1, '0');
}

function placeOf(node: XmlNode): { xpath: string } {
  return { xpath: xpathOf(node) };
}

function readBody(body: XmlNode, heading: Heading, bill: BillOfItems): readonly BillLine[] {
  return body.children.flatMap((child) => {
    if (child.local === 'Itemlist') return readList(child, heading, bill);
    if (child.local !== 'BoQCtgy') return [];
    const title = text(child, 'LblTx');
    const number = child.attributes.get('RNoPart') ?? '';
    if (isDroppedChapter(child, [...heading.numbers, number], bill)) return [];
    const [inner] = at(child, 'BoQBody');
    const below = {
      numbers: [...heading.numbers, number],
      titles: title === null ? heading.titles : [...heading.titles, title],
      isVariant: heading.isVariant || isAfterFirst(child, bill.firsts),
    };
    return inner ? readBody(inner, below, bill) : [];
  });
}

function readList(list: XmlNode, heading: Heading, bill: BillOfItems): readonly BillLine[] {
  return list.children.flatMap((item) => {
    if (item.local === 'MarkupItem') tellMarkup(item, heading, bill);
    if (item.local !== 'Item') return [];
    if (!isDropped(item)) return [readItem(item, heading, bill)];
    bill.problems.push({
      code: 'bill.line.dropped',
      severity: 'info',
      place: placeOf(item),
      found: refOf(item, heading),
      expected: null,
    });
    return [];
  });
}

function readItem(item: XmlNode, heading: Heading, bill: BillOfItems): BillLine {
  const { currency, firsts, problems } = bill;
  const unit = text(item, 'QU');
  const ref = refOf(item, heading);
  const numberAt = (path: string, role: 'quantity' | 'unitPrice' | 'total'): Decimal | null => {
    const [node] = at(item, path);
    const number = node ? numberIn(node.text) : null;
    if (!node || node.text === '' || number !== null) return number;
    problems.push({
      code: role === 'quantity' ? 'bill.quantity.unreadable' : 'bill.price.unreadable',
      severity: 'error',
      place: placeOf(node),
      found: node.text.slice(0, 200),
      expected: '1250.50',
      params: { ref, role },
    });
    return null;
  };
  const kind = kindOf(item, heading, firsts);
  const lumpSum = text(item, 'LumpSumItem') === 'Yes';
  const quantity = numberAt('Qty', 'quantity');
  if (bill.isMeasured && unit !== null && !lumpSum && text(item, 'Qty') === null) {
    const place = placeOf(item);
    const params = { ref, role: 'quantity' };
    problems.push({
      code: 'bill.quantity.missing',
      severity: 'warning',
      place,
      found: null,
      expected: '12.5',
      params,
    });
  }
  return blankLine({
    ref,
    label: labelOf(item) ?? '',
    description: descriptionOf(item),
    unit,
    unitNorm: normalUnit(unit),
    quantity,
    nature: lumpSum ? 'FFT' : null,
    kind,
    variant: kind !== 'base',
    unitPrice: statedMoney(numberAt('UP', 'unitPrice'), currency),
    total: statedMoney(numberAt('IT', 'total'), currency),
    section: heading.titles,
    place: placeOf(item),
  });
}

/** With a point, as the standard wants it, or with a comma as people there write it. */
function numberIn(written: string): Decimal | null {
  const machine = machineDecimal(written.replace(/^\./, '0.'));
  if (machine !== null) return machine;
  const read = readNumber(written, ',');
  return read.kind === 'number' && read.rest === '' ? read.value : null;
}

function refOf(item: XmlNode, { numbers }: Heading): string {
  const own = ['RNoPart', 'RNoIndex'].map((name) => item.attributes.get(name) ?? '');
  return [...numbers, ...own].filter((number) => number !== '').join('.');
}

const TEXTS = ['Description/CompleteText', 'Description'];

/** The short text with what the owner filled in, else the first words of the long one. */
function labelOf(item: XmlNode): string | null {
  const short = TEXTS.map((path) => text(item, `${path}/OutlineText`)).find((found) => found !== null);
  if (short !== undefined) return short;
  const long = TEXTS.flatMap((path) => at(item, `${path}/DetailTxt/Text`));
  return (
    long.flatMap((part) => part.children.map(deepText)).find((words) => words !== '') ??
    long.map(deepText).find((words) => words !== '') ??
    null
  );
}

/** The long text, with the parts that a line is described by. */
function descriptionOf(item: XmlNode): string | null {
  const long = TEXTS.map((path) => text(item, `${path}/DetailTxt`)).find((found) => found !== null);
  const parts = at(item, 'SubDescr').flatMap((part) => {
    const words = [text(part, 'SubDNo'), labelOf(part)].filter((word) => word !== null).join(' ');
    const quantity = [text(part, 'Qty'), text(part, 'QU')].filter((word) => word !== null).join(' ');
    const said = [words, quantity].filter((word) => word !== '').join(': ');
    return said === '' ? [] : [`${said}.`];
  });
  return [long ?? '', ...parts].filter((part) => part !== '').join(' ') || null;
}

/** A percentage on other lines is no work that somebody could do. */
function tellMarkup(item: XmlNode, heading: Heading, { problems }: BillOfItems): void {
  if (isDropped(item)) return;
  problems.push({
    code: 'bill.markup.left',
    severity: 'info',
    place: placeOf(item),
    found: `${refOf(item, heading)} ${labelOf(item) ?? ''}`.trim().slice(0, 200),
    expected: null,
  });
}

/** A position or a chapter that stands there and is no longer asked. */
function isDropped(node: XmlNode): boolean {
  return text(node, node.local === 'BoQCtgy' ? 'NotApplBoQ' : 'NotAppl') === 'Yes';
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
function kindOf(item: XmlNode, heading: Heading, firsts: Firsts): LineKind {
  if (at(item, 'Provis').length > 0) return 'option';
  return heading.isVariant || isAfterFirst(item, firsts) ? 'variant' : 'base';
}

function isAfterFirst(node: XmlNode, firsts: Firsts): boolean {
  const group = groupOf(node);
  return group !== null && bySerial.compare(group.serial, firsts.get(group.name) ?? group.serial) > 0;
}

/** Group of alternatives to the serial number of its first that is still asked: 0, 1 where bills count from there. */
type Firsts = ReadonlyMap<string, string>;

/** Numbers as numbers; `A`, `B` as letters. */
const bySerial = new Intl.Collator('de', { numeric: true });

function firstsIn(boq: XmlNode): Firsts {
  const firsts = new Map<string, string>();
  const visit = (node: XmlNode): void => {
    if (isDropped(node)) return;
    const group = groupOf(node);
    if (group) {
      const first = firsts.get(group.name);
      if (first === undefined || bySerial.compare(group.serial, first) < 0)
        firsts.set(group.name, group.serial);
    }
    if (node.local !== 'Item') node.children.forEach(visit);
  };
  visit(boq);
  return firsts;
}

/** Positions and chapters have groups of their own. */
function groupOf(node: XmlNode): { readonly name: string; readonly serial: string } | null {
  const start = node.local === 'Item' ? 'ALN' : node.local === 'BoQCtgy' ? 'ALNB' : null;
  const group = start && text(node, `${start}GroupNo`);
  return group && start ? { name: `${start} ${group}`, serial: text(node, `${start}SerNo`) ?? '0' } : null;
}
