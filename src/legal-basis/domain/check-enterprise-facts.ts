import { isDay, isDecimal, type Day, type Problem } from '../../kernel/index.js';
import { checkDay, factProblem } from './check-clause-facts.js';
import type { EligibilityQuestion } from './facts.js';
import { inForce } from './in-force.js';
import type { LegalRules } from './rules.js';

/** Columns that are no basis of the registry, and hold on any day. */
const DAYLESS_COLUMNS = ['CLAUSE', 'VOL', 'WAL_TRAIN'] as const;

/** The column of the eligibility matrix a question is about, and the versions of the basis it names. */
export function columnOf(rules: LegalRules, basis: string, on: Day): string | null {
  if ((DAYLESS_COLUMNS as readonly string[]).includes(basis)) return basis;
  return inForce(rules.bases.get(basis), on)?.column ?? null;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function stated(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What stands in the way of an eligibility answer; see `checkClauseFacts`. */
export function checkEnterpriseFacts(rules: LegalRules, question: EligibilityQuestion, on: Day): Problem[] {
  const asked = record(question);
  if (asked === null)
    return [factProblem('eligibility.facts.unreadable', '', question, 'basis, date, enterprise')];
  const days = checkDay(rules, '/date', on, 'eligibility');
  const enterprise = record(asked['enterprise']);
  if (enterprise === null)
    return [
      ...days,
      factProblem('eligibility.facts.unreadable', '/enterprise', asked['enterprise'], '{ kind }'),
    ];
  return [
    ...days,
    ...(days.length === 0 ? checkBasis(rules, asked['basis'], on) : []),
    ...checkKind(rules, '/enterprise/kind', enterprise['kind'] ?? 'ORDINARY'),
    ...checkList(enterprise, 'approvals', (one, at) => [
      ...checkKind(rules, `${at}/kind`, one['kind']),
      ...checkRange(one, at),
      ...(['reportDue', 'reportFiledOn'] as const).flatMap((name) => optionalDay(one, name, at)),
      ...checkRank(one, at),
    ]),
    ...checkList(enterprise, 'ratios', checkRatio),
    ...(stated(enterprise['art59'])
      ? checkRange(record(enterprise['art59']) ?? {}, '/enterprise/art59')
      : []),
    ...checkFlags(enterprise, '/enterprise', ['mainAimIntegration', 'equivalenceShown']),
    ...checkStatutes(enterprise['statutes']),
  ];
}

function checkBasis(rules: LegalRules, basis: unknown, on: Day): Problem[] {
  const known = [...rules.bases].filter(([, versions]) => versions.some((one) => one.column !== null));
  const allowed = [...known.map(([key]) => key), ...DAYLESS_COLUMNS];
  if (!allowed.includes(basis as string))
    return [factProblem('eligibility.basis.unknown', '/basis', basis, allowed.join(', '))];
  if (columnOf(rules, basis as string, on) !== null) return [];
  const ranges = (rules.bases.get(basis as string) ?? []).map(
    (one) => `${one.valid.from ?? '...'} - ${one.valid.until ?? '...'}`,
  );
  return [factProblem('eligibility.basis.not-in-force', '/basis', basis, ranges.join('; '))];
}

function checkKind(rules: LegalRules, pointer: string, kind: unknown): Problem[] {
  return typeof kind === 'string' && rules.kinds.has(kind)
    ? []
    : [factProblem('eligibility.kind.unknown', pointer, kind, [...rules.kinds.keys()].join(', '))];
}

function checkList(
  enterprise: Record<string, unknown>,
  name: 'approvals' | 'ratios',
  check: (one: Record<string, unknown>, at: string) => Problem[],
): Problem[] {
  const held = enterprise[name];
  if (!stated(held)) return [];
  const pointer = `/enterprise/${name}`;
  if (!Array.isArray(held)) return [factProblem('eligibility.facts.unreadable', pointer, held, '[ ... ]')];
  return held.flatMap((one, index) => check(record(one) ?? {}, `${pointer}/${index}`));
}

function optionalDay(one: Record<string, unknown>, name: string, at: string): Problem[] {
  return stated(one[name]) && !isDay(one[name])
    ? [factProblem('eligibility.date.unreadable', `${at}/${name}`, one[name], 'YYYY-MM-DD')]
    : [];
}

function checkRange(one: Record<string, unknown>, at: string): Problem[] {
  const problems = [...optionalDay(one, 'validFrom', at), ...optionalDay(one, 'validUntil', at)];
  const { validFrom, validUntil } = one;
  return problems.length === 0 && stated(validFrom) && stated(validUntil) && validUntil! < validFrom!
    ? [factProblem('eligibility.range.reversed', `${at}/validUntil`, validUntil, `>= ${String(validFrom)}`)]
    : problems;
}

function isFraction(value: unknown): boolean {
  return isDecimal(value) && /^(0(\.\d+)?|1(\.0+)?)$/.test(value);
}

function checkRatio(one: Record<string, unknown>, at: string): Problem[] {
  const problems = (['share', 'disabledShare'] as const).flatMap((name) =>
    stated(one[name]) && !isFraction(one[name])
      ? [factProblem('eligibility.share.unreadable', `${at}/${name}`, one[name], '"0.300"')]
      : [],
  );
  if (one['method'] !== 'fte' && one['method'] !== 'heads')
    problems.push(factProblem('eligibility.method.unknown', `${at}/method`, one['method'], 'fte, heads'));
  if (!isDay(one['asOf']))
    problems.push(factProblem('eligibility.date.unreadable', `${at}/asOf`, one['asOf'], 'YYYY-MM-DD'));
  return problems;
}

/** 1 is the first approval of its kind: a rank below it would run without end. */
function checkRank({ rank }: Record<string, unknown>, at: string): Problem[] {
  return stated(rank) && !(Number.isInteger(rank) && (rank as number) > 0)
    ? [factProblem('eligibility.rank.unreadable', `${at}/rank`, rank, '1, 2, 3 ...')]
    : [];
}

function checkFlags(held: Record<string, unknown>, at: string, names: readonly string[]): Problem[] {
  return names.flatMap((name) =>
    stated(held[name]) && typeof held[name] !== 'boolean'
      ? [factProblem('eligibility.facts.unreadable', `${at}/${name}`, held[name], 'true, false')]
      : [],
  );
}

const STATUTE_FLAGS = ['publicServiceMission', 'profitsReinvested', 'participatoryGovernance'];

/** What the register says beyond these conditions is left alone. */
function checkStatutes(statutes: unknown): Problem[] {
  if (!stated(statutes)) return [];
  const at = '/enterprise/statutes';
  const held = record(statutes);
  return held === null
    ? [
        factProblem(
          'eligibility.facts.unreadable',
          at,
          statutes,
          `{ ${[...STATUTE_FLAGS, 'lastSameAward'].join(', ')} }`,
        ),
      ]
    : [...checkFlags(held, at, STATUTE_FLAGS), ...optionalDay(held, 'lastSameAward', at)];
}
