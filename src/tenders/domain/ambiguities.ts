import { roundDecimal, type Place, type Problem } from '../../kernel/index.js';
import { orderedLines, otherSum, otherTotal, sumOfLines } from './check-sums.js';
import type { BillLine, Lot, ParsedTender } from './parsed-tender.js';

/** Something of a document that reads two ways: asked, never guessed. */
export interface Ambiguity {
  /** How an answer names it: by what was seen, as positions change with each answer. */
  readonly question: string;
  /** Position in the reading of the first problem that asks it. */
  readonly problem: number;
  readonly what: 'deadline' | 'quantity' | 'unitPrice' | 'total';
  readonly readings: readonly string[];
  /** Numbers of the same column that the same answer settles. */
  readonly count: number;
}

const SEPARATOR = ' | ';
const NUMBERS = ['quantity', 'unitPrice', 'total'] as const;

/** What a reading asks: of numbers, once for each column and mark, not line by line. */
export function ambiguitiesOf({ problems }: Pick<ParsedTender, 'problems'>): readonly Ambiguity[] {
  const asked = [...problems.entries()].filter(([, problem]) => isAsked(problem));
  const groups = Map.groupBy(asked, ([, problem]) => groupOf(problem));
  return [...groups].flatMap(([question, group]) => {
    const [first] = group;
    const what = first && whatOf(first[1]);
    if (!first || !what) return [];
    return [{ question, problem: first[0], what, readings: readingsOf(first[1]), count: group.length }];
  });
}

/**
 * The document as somebody says it is meant. An answer about a number counts for all of its column that have the same
 * mark in the same role.
 * @param question as `ambiguitiesOf` names it
 * @param reading position of the reading that is meant
 * @returns null when nothing like it is asked
 */
export function answerAmbiguity(
  tender: ParsedTender,
  question: string,
  reading: number,
): ParsedTender | null {
  const asked = tender.problems.find((one) => isAsked(one) && groupOf(one) === question);
  const what = asked ? whatOf(asked) : null;
  if (!asked || what === null || readingsOf(asked)[reading] === undefined) return null;
  const settled = tender.problems.filter((one) => isAsked(one) && groupOf(one) === question);
  const isSettled = new Set(settled);
  const problems = tender.problems.filter((one) => !isSettled.has(one));
  if (what === 'deadline') {
    const deadline = readingsOf(asked)[reading] ?? null;
    return { ...tender, tender: { ...tender.tender, deadline }, problems };
  }
  const meant = new Map(settled.map((one) => [one.params?.['line'], readingsOf(one)[reading]] as const));
  const lots = tender.lots.map((lot) =>
    lot.lines.some(({ key }) => meant.has(key)) ? answered(lot, what, meant) : lot,
  );
  const changed = lots.filter((lot) => !tender.lots.includes(lot));
  const open = new Set(
    problems.filter((one) => whatOf(one) === 'total').map(({ params }) => params?.['line']),
  );
  const summed = changed.filter(({ sumAt, lines }) => sumAt && !lines.some(({ key }) => open.has(key)));
  const others = problems.filter((one) => !summed.some(({ ref }) => isSumOf(one, ref)));
  const totals = changed
    .flatMap(({ lines }) => lines.filter(({ key }) => meant.has(key)))
    .flatMap(wrongTotal);
  return {
    ...tender,
    lots,
    problems: [...others, ...totals, ...summed.flatMap((lot) => otherSum(lot) ?? [])],
  };
}

/**
 * The document with the numbers that its own amounts prove: `1,234` at 2,00 for 2468,00 is a thousand. A question is
 * settled where one of its readings gives every amount that is stated, or the sum of its lot, and the other none.
 */
export function withProvenNumbers(tender: ParsedTender): ParsedTender {
  for (const asked of ambiguitiesOf(tender)) {
    const [reading, ...more] =
      [fittingLines(tender, asked), fittingSums(tender, asked)].find((fit) => fit.length > 0) ?? [];
    const proven =
      reading !== undefined && more.length === 0 && answerAmbiguity(tender, asked.question, reading);
    // What is known now may prove another.
    if (proven) return withProvenNumbers(proven);
  }
  return tender;
}

/** Readings that give amounts of lines; two of them where some lines say one, and some the other. */
function fittingLines(tender: ParsedTender, { question, what, readings }: Ambiguity): readonly number[] {
  if (what === 'deadline') return [];
  const lines = new Map(tender.lots.flatMap((lot) => lot.lines.map((line) => [line.key, line])));
  const group = tender.problems.filter((one) => isAsked(one) && groupOf(one) === question);
  const fits = readings.map((_, reading) =>
    group.flatMap((problem) => {
      const line = lines.get(String(problem.params?.['line']));
      const meant = line && withNumber(line, what, readingsOf(problem)[reading]);
      const isStated = meant?.quantity && meant.unitPrice && meant.total;
      return isStated ? [otherTotal(meant) === null] : [];
    }),
  );
  return [...fits.keys()]
    .filter((reading) => fits[reading]!.includes(true))
    .flatMap((reading) =>
      // One line that does not fit leaves it open.
      fits[reading]!.every((fit) => fit) ? [reading] : [reading, reading],
    );
}

/** Readings of totals with which the lines of each lot add up to the sum it prints. */
function fittingSums(tender: ParsedTender, { question, what, readings }: Ambiguity): readonly number[] {
  if (what !== 'total') return [];
  return [...readings.keys()].filter((reading) => {
    const meant = answerAmbiguity(tender, question, reading);
    const changed = meant?.lots.filter((lot) => !tender.lots.includes(lot)) ?? [];
    const isOpen = meant?.problems.some((one) => whatOf(one) === 'total') ?? true;
    return !isOpen && changed.every((lot) => lot.sumAt !== undefined && otherSum(lot) === null);
  });
}

/**
 * A document that was read again, with what somebody had answered of the former reading: an answer counts where the same
 * number, at the same place and of the same column, is asked about again.
 */
export function withFormerAnswers(former: ParsedTender, again: ParsedTender): ParsedTender {
  const open = new Set(ambiguitiesOf(former).map(({ question }) => question));
  const lines = new Map(former.lots.flatMap((lot) => lot.lines.map((line) => [positionOf(line), line])));
  const linesAgain = new Map(again.lots.flatMap((lot) => lot.lines.map((line) => [line.key, line])));
  const answerTo = ({ question, what, problem, readings }: Ambiguity): number => {
    if (open.has(question)) return -1;
    if (what === 'deadline') return readings.indexOf(former.tender.deadline ?? '');
    const { place, params } = again.problems[problem]!;
    if (!wasInColumn(former, what, place)) return -1;
    const asked = linesAgain.get(String(params?.['line']));
    const line = asked && lines.get(positionOf(asked));
    const value = what === 'quantity' ? line?.quantity : line?.[what]?.amount;
    return readings.indexOf(value ?? '');
  };
  return ambiguitiesOf(again).reduce((tender, one) => {
    const reading = answerTo(one);
    return reading < 0 ? tender : (answerAmbiguity(tender, one.question, reading) ?? tender);
  }, again);
}

/** Of columns told anew, another may hold a number that equals a reading: nobody has answered for this one. */
function wasInColumn({ layout }: ParsedTender, what: (typeof NUMBERS)[number], place: Place | null): boolean {
  if (place === null || !('sheet' in place) || place.column === undefined) return true;
  const { sheet, column } = place;
  return layout.some((table) => table.sheet === sheet && table.columns[what] === column);
}

/** A database keeps what is known of a place in an order of its own. */
function positionOf({ place }: BillLine): string {
  return JSON.stringify(Object.entries(place).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A lot all of whose amounts are known now is worth their sum. */
function answered(
  lot: Lot,
  what: (typeof NUMBERS)[number],
  meant: ReadonlyMap<unknown, string | undefined>,
): Lot {
  const lines = lot.lines.map((line) => withNumber(line, what, meant.get(line.key)));
  const ordered = orderedLines({ lines });
  const currency = ordered[0]?.total?.currency;
  const isPriced = currency !== undefined && ordered.every(({ total }) => total !== null);
  const value = lot.value ?? (isPriced ? { amount: roundDecimal(sumOfLines({ lines }), 2), currency } : null);
  return { ...lot, lines, value };
}

/** What was not checked while a number was not known. */
function wrongTotal(line: BillLine): Problem[] {
  const expected = otherTotal(line);
  if (expected === null) return [];
  return [
    {
      code: 'bill.total.differs',
      severity: 'warning',
      place: line.place,
      found: line.total?.amount ?? null,
      expected,
      params: { ref: line.ref, role: 'total' },
    },
  ];
}

function isSumOf({ code, params }: Problem, lot: string): boolean {
  return code === 'bill.sum.differs' && params?.['lot'] === lot;
}

/** Whether a problem is a question that `answerAmbiguity` takes an answer to. */
export function isAsked(problem: Problem): boolean {
  return whatOf(problem) !== null;
}

function withNumber(line: BillLine, what: (typeof NUMBERS)[number], meant: string | undefined): BillLine {
  if (meant === undefined) return line;
  if (what === 'quantity') return { ...line, quantity: meant };
  const currency = line.unitPrice?.currency ?? line.total?.currency ?? 'EUR';
  return { ...line, [what]: { amount: meant, currency } };
}

function whatOf({ code, params }: Problem): Ambiguity['what'] | null {
  if (code === 'tender.deadline.ambiguous') return 'deadline';
  if (!/^bill\.(quantity|price)\.ambiguous$/.test(code) || params?.['line'] === undefined) return null;
  return NUMBERS.find((role) => role === params['role']) ?? null;
}

function readingsOf({ expected }: Problem): readonly string[] {
  return expected?.split(SEPARATOR) ?? [];
}

/** Numbers of one column with one mark are meant alike. */
function groupOf(problem: Problem): string {
  const found = problem.found ?? '';
  const mark = found.startsWith('(') ? '(' : found.includes(',') ? ',' : '.';
  const { place } = problem;
  const sheet = place && 'sheet' in place ? `${place.sheet}!${place.column ?? ''}` : '';
  return [whatOf(problem), sheet, mark].join(' ');
}
