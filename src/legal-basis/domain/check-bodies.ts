import { isCpvShape, isDay, isDecimal, LANGUAGES, type Problem } from '../../kernel/index.js';
import {
  BUYERS,
  CONFIDENCES,
  GROUPS,
  INSTRUMENTS,
  LEVELS,
  NATURES,
  REGIMES,
  REGIONS,
  WORK_KINDS,
} from './facts.js';
import { ruleProblem } from './rule-problem.js';
import { EVIDENCES, type RuleEntry, type RuleSet } from './rules.js';

/** What one field of a rule may hold. */
interface Field {
  readonly fits: (value: unknown) => boolean;
  readonly expected: string;
  readonly optional?: boolean;
}
type Fields = Readonly<Record<string, Field>>;

const oneOf = (values: readonly string[]): Field => ({
  fits: (value) => values.includes(value as string),
  expected: values.join(', '),
});
const listOf = (item: Field): Field => ({
  fits: (value) => Array.isArray(value) && value.every(item.fits),
  expected: `a list of ${item.expected}`,
});
const optional = (field: Field): Field => ({ ...field, optional: true });
const words: Field = { fits: (value) => typeof value === 'string' && value.trim() !== '', expected: 'words' };
const yesNo: Field = { fits: (value) => typeof value === 'boolean', expected: 'true or false' };
const euros: Field = {
  fits: (value) => typeof value === 'number' && Number.isInteger(value) && value > 0,
  expected: 'whole euros above 0',
};
const orNull = (field: Field): Field => ({
  fits: (value) => value === null || field.fits(value),
  expected: `${field.expected}, or null`,
});
const wholeNumber: Field = {
  fits: (value) => typeof value === 'number' && Number.isInteger(value) && value > 0,
  expected: 'a whole number above 0',
};
const fraction: Field = { fits: isDecimal, expected: 'a decimal in quotes' };
const day: Field = { fits: isDay, expected: 'YYYY-MM-DD' };
const anything: Field = { fits: () => true, expected: 'anything' };
const record = (fields: Fields): Field => ({
  fits: (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).every((name) => name in fields) &&
    Object.entries(fields).every(([name, field]) => {
      const held = (value as Record<string, unknown>)[name];
      return held === undefined ? field.optional === true : field.fits(held);
    }),
  expected: `{ ${Object.keys(fields).join(', ')} }`,
});

/** Columns of the eligibility matrix. */
export const COLUMNS = [
  'BE-1993-18BIS-2',
  'BE-2006-22-1',
  'BE-2006-22-2',
  'BE-2016-15',
  'BE-2016-90',
  'CLAUSE',
  'VOL',
  'WAL_TRAIN',
] as const;
const COLUMN = oneOf(COLUMNS);
const EVERY_SET: Fields = {
  source: anything,
  marks: optional({
    fits: (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).every((mark) => (CONFIDENCES as readonly unknown[]).includes(mark)),
    expected: `fields with ${CONFIDENCES.join(', ')}`,
  }),
  what: optional(words),
};
const OVERLAY_CASE = record({
  levels: optional(listOf(oneOf(LEVELS))),
  natures: optional(listOf(oneOf(NATURES))),
  work_kinds: optional(listOf(oneOf(WORK_KINDS))),
  above: optional(euros),
  from: optional(euros),
  vat_rate: optional(fraction),
  reaches_eu_threshold: optional(yesNo),
  over_days: optional(wholeNumber),
});
const FIELDS: Readonly<Record<Exclude<RuleSet, 'gate' | 'kind' | 'eligibility'>, Fields>> = {
  scope: { law_as_of: day, known_from: day, known_until: day },
  regime: { regime: oneOf(REGIMES) },
  buyer: { bound: yesNo },
  basis: {
    layer: oneOf(['BE', 'EU', 'CONTRACT']),
    instruments: listOf(oneOf(INSTRUMENTS)),
    groups: optional(listOf(oneOf(GROUPS))),
    uncertain_groups: optional(listOf(oneOf(GROUPS))),
    value_limit: optional(oneOf(['none', 'below-eu-threshold'])),
    column: optional(COLUMN),
    inherited_in: optional(oneOf(REGIMES)),
    route: optional(record({ cpv_list: words, nature: oneOf(NATURES), max_years: wholeNumber })),
    uncertain_above: optional(record({ regime: oneOf(REGIMES), groups: listOf(oneOf(GROUPS)) })),
    topic: optional(words),
    formality: optional(words),
    repeat_ban: optional(words),
    transposition_due: optional(day),
  },
  threshold: { amount: euros },
  'cpv-list': {
    codes_from: words,
    codes_expected: wholeNumber,
    codes: listOf({ fits: isCpvShape, expected: 'CPV codes' }),
  },
  overlay: {
    duty: oneOf(['must', 'motivate', 'subsidy-condition', 'guidance']),
    region: orNull(oneOf(REGIONS)),
    buyers: listOf(oneOf(BUYERS)),
    status: optional(oneOf(['in-force', 'pending'])),
    cases: optional(listOf(OVERLAY_CASE)),
    start_uncertain_until: optional(day),
    clause_kinds: optional(listOf(words)),
    target_groups: optional(listOf(words)),
    derogations: optional(listOf(words)),
  },
  'approval-class': { amount: orNull(euros) },
};

function kindFields(kinds: ReadonlySet<string>): Fields {
  return {
    names: record(Object.fromEntries(LANGUAGES.map((language) => [language, words]))),
    authority: words,
    max_years: listOf(orNull(wholeNumber)),
    b2b_market: optional(yesNo),
    approved: optional(yesNo),
    sheltered: optional(yesNo),
    report_due: optional({
      fits: (value) => isDay(`2024-${String(value)}`),
      expected: 'month and day, MM-DD',
    }),
    successor: optional(oneOf([...kinds])),
    target_share: optional(fraction),
    target_fte: optional(wholeNumber),
    notes: words,
  };
}

function eligibilityFields(kinds: ReadonlySet<string>): Fields {
  return {
    kind: oneOf([...kinds]),
    column: COLUMN,
    answer: oneOf(['Y', 'C', 'N', '?', '-']),
    needs: optional(listOf(oneOf(EVIDENCES))),
    unless: optional(listOf(oneOf(EVIDENCES))),
    why: optional(words),
    suggestion: optional(COLUMN),
  };
}

function fieldsOf(set: unknown, kinds: ReadonlySet<string>): Fields | null {
  if (set === 'kind') return kindFields(kinds);
  if (set === 'eligibility') return eligibilityFields(kinds);
  return (FIELDS as Readonly<Record<string, Fields>>)[String(set)] ?? null;
}

/**
 * The fields that are particular to a rule's set: missing, not allowed there, or holding what they may not.
 * Gates are free: what reads a gate says what it needs.
 */
export function checkBody(entry: RuleEntry, kinds: ReadonlySet<string>): Problem[] {
  const own = fieldsOf(entry.set, kinds);
  if (own === null) return [];
  const fields: Fields = { ...EVERY_SET, ...own };
  const problems: Problem[] = [];
  for (const name of Object.keys(entry.body))
    if (!(name in fields))
      problems.push(ruleProblem(entry, 'field.unknown', name, name, Object.keys(fields).join(', ')));
  for (const [name, field] of Object.entries(fields)) {
    const value = entry.body[name];
    if (value === undefined) {
      if (field.optional !== true) problems.push(ruleProblem(entry, 'field.missing', name, null, name));
    } else if (!field.fits(value))
      problems.push(ruleProblem(entry, 'value.unknown', name, value, field.expected));
  }
  return [...problems, ...checkListLength(entry)];
}

function checkListLength(entry: RuleEntry): Problem[] {
  const { codes, codes_expected: expected } = entry.body;
  return entry.set === 'cpv-list' && Array.isArray(codes) && codes.length !== expected
    ? [ruleProblem(entry, 'list.length', 'codes_expected', codes.length, String(expected))]
    : [];
}
