import { instantInBrussels, type Day, type Decimal, type Language } from '../../kernel/index.js';
import { resolvePlace } from '../../registry/index.js';
import { CONTRACT_NATURES, type DescribedWork, type Description } from '../../tenders/index.js';
import { readAmount } from '../shared/read-amount.js';
import { readDay, readTime } from '../shared/read-day.js';
import type { FieldProblem } from '../shared/render/page-context.js';

export type Entries = Readonly<Record<string, string>>;

/** Fields of one row; its number follows: `label-3`. */
export const ROW_FIELDS = ['label', 'heading', 'quantity', 'unit', 'value'] as const;
const FIELDS = [
  'title',
  'buyer',
  'nature',
  'postalCode',
  'municipality',
  'startsOn',
  'endsOn',
  'deadlineDay',
  'deadlineTime',
] as const;

/** Longer lists are a file. */
export const MOST_ROWS = 100;
const LONGEST_TEXT = 2_000;
const ROW_FIELD = new RegExp(`^(${ROW_FIELDS.join('|')})-([1-9]\\d{0,2})$`);

/** What belongs to the form, each text at its length at most; whatever else was sent is left out. */
export function descriptionEntries(body: Readonly<Record<string, unknown>>): Entries {
  const known = Object.entries(body).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' &&
      (FIELDS.some((field) => field === entry[0]) || Number(ROW_FIELD.exec(entry[0])?.[2]) <= MOST_ROWS),
  );
  return Object.fromEntries(known.map(([field, text]) => [field, text.slice(0, LONGEST_TEXT)]));
}

/** How many rows the form shows: all that were there, one at least. */
export function rowsOf(entries: Entries): number {
  return Math.max(1, ...Object.keys(entries).map((field) => Number(ROW_FIELD.exec(field)?.[2] ?? 0)));
}

/** Without one row; those after it move up. */
export function withoutRow(entries: Entries, row: number): Entries {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([field, text]) => {
      const [, name, number] = ROW_FIELD.exec(field) ?? [];
      if (name === undefined || Number(number) < row) return [[field, text]];
      return Number(number) === row ? [] : [[`${name}-${Number(number) - 1}`, text]];
    }),
  );
}

/** What the form says, or what is wrong with each field; rows that are left empty say nothing. */
export function readDescription(
  entries: Entries,
  language: Language,
): { readonly description: Description } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const text = (field: string): string | null => entries[field]?.normalize('NFC').trim() || null;
  const wrong = (field: string, key: string, found?: string): null => {
    problems.push({
      field,
      key: `describe.problem.${key}`,
      ...(found === undefined ? {} : { params: { found } }),
    });
    return null;
  };
  const day = (field: string): Day | null => {
    const found = text(field);
    return found === null ? null : (readDay(found) ?? wrong(field, 'day', found));
  };

  const title = text('title') ?? wrong('title', 'title');
  const nature = CONTRACT_NATURES.find((one) => one === entries['nature']) ?? wrong('nature', 'nature');
  const postalCode = text('postalCode');
  const municipality = text('municipality');
  if (!postalCode && !municipality) wrong('postalCode', 'place');
  else checkPlace(postalCode, municipality, wrong);
  const startsOn = day('startsOn');
  const endsOn = day('endsOn');
  if (startsOn && endsOn && endsOn < startsOn) wrong('endsOn', 'dates');
  const deadline = readDeadline(day('deadlineDay'), text('deadlineTime'), wrong);
  const works = readWorks(entries, text, wrong);
  if (problems.length > 0 || title === null || nature === null) return { problems };
  const buyer = text('buyer');
  return {
    description: {
      title,
      buyer,
      nature,
      postalCode,
      municipality,
      startsOn,
      endsOn,
      deadline,
      language,
      works,
    },
  };
}

type Wrong = (field: string, key: string, found?: string) => null;

function checkPlace(postalCode: string | null, municipality: string | null, wrong: Wrong): void {
  const { sites, candidates } = resolvePlace({ postalCode, municipality, country: 'BE' });
  const found = [postalCode, municipality].filter(Boolean).join(' ');
  if (candidates.length > 0)
    wrong('postalCode', 'place-in-doubt', candidates.map(({ label }) => label).join(', '));
  else if (sites.length === 0) wrong(postalCode ? 'postalCode' : 'municipality', 'place-unknown', found);
}

function readDeadline(day: Day | null, time: string | null, wrong: Wrong): string | null {
  if (time === null) return day;
  const read = readTime(time);
  if (read === null) return wrong('deadlineTime', 'time', time);
  return day === null ? wrong('deadlineDay', 'deadline-day') : instantInBrussels(day, read).toISOString();
}

function readWorks(entries: Entries, text: (field: string) => string | null, wrong: Wrong): DescribedWork[] {
  const works: DescribedWork[] = [];
  for (let row = 1; row <= rowsOf(entries); row += 1) {
    const at = (name: (typeof ROW_FIELDS)[number]): string => `${name}-${row}`;
    if (ROW_FIELDS.every((name) => text(at(name)) === null)) continue;
    const number = (field: string): Decimal | null => {
      const found = text(field);
      const read = found === null ? null : readAmount(found);
      return typeof read === 'string' ? wrong(field, `number-${read}`, found!) : (read?.amount ?? null);
    };
    const quantity = number(at('quantity'));
    const unit = text(at('unit'));
    if (text(at('quantity')) !== null && unit === null) wrong(at('unit'), 'unit');
    const label = text(at('label')) ?? wrong(at('label'), 'label');
    works.push({
      label: label ?? '',
      heading: text(at('heading')),
      quantity,
      unit,
      value: number(at('value')),
    });
  }
  if (works.length === 0) wrong('label-1', 'works');
  return works;
}
