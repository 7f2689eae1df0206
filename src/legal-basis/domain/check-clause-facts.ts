import { addDays, contains, isCpvShape, isDay, isDecimal, type Problem } from '../../kernel/index.js';
import { BUYERS, LEVELS, MAIN_CLAUSES, NATURES, REGIONS, WORK_KINDS, type ClauseFacts } from './facts.js';
import type { LegalRules } from './rules.js';

type Found = Readonly<Record<keyof ClauseFacts, unknown>>;

/** A problem at one field of a question. */
export function factProblem(code: string, pointer: string, found: unknown, expected: string): Problem {
  const text = typeof found === 'string' ? found : JSON.stringify(found);
  return {
    code,
    severity: 'error',
    place: { pointer },
    found: found === undefined || found === null ? null : text.slice(0, 120),
    expected,
  };
}

/**
 * What stands in the way of an answer: a value that does not exist, or facts that contradict each other. A fact
 * that is not stated is no problem: what hangs on it is put to a person.
 */
export function checkClauseFacts(rules: LegalRules, facts: ClauseFacts): Problem[] {
  if (typeof facts !== 'object' || facts === null)
    return [factProblem('clause.facts.unreadable', '', facts, 'an object with date and buyer')];
  const found: Found = facts as Found;
  const problems: Problem[] = [];
  // One list for all: nearly always it stays empty.
  for (const check of CHECKS) check(problems, rules, found);
  return problems;
}

type Check = (problems: Problem[], rules: LegalRules, found: Found) => void;

function stated(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Problem of a day that is none, or for which the law was not entered. */
export function checkDay(rules: LegalRules, pointer: string, day: unknown, room: string): Problem[] {
  if (!stated(day)) return [factProblem(`${room}.date.missing`, pointer, day, 'YYYY-MM-DD')];
  if (!isDay(day)) return [factProblem(`${room}.date.unreadable`, pointer, day, 'YYYY-MM-DD')];
  const { from, until } = rules.known;
  return contains(rules.known, day)
    ? []
    : [
        factProblem(
          `${room}.date.outside-known-years`,
          pointer,
          day,
          `${from} - ${until === null ? '' : addDays(until, -1)}`,
        ),
      ];
}

const checkDate: Check = (problems, rules, found) => {
  problems.push(...checkDay(rules, '/date', found.date, 'clause'));
};

const WORDS = Object.entries({
  buyer: BUYERS,
  level: LEVELS,
  region: REGIONS,
  nature: NATURES,
  workKind: WORK_KINDS,
  mainClause: MAIN_CLAUSES,
}) as [keyof ClauseFacts, readonly string[]][];

const checkWords: Check = (problems, _rules, found) => {
  for (const [name, allowed] of WORDS) {
    const value = found[name];
    if ((value === undefined && name !== 'buyer') || allowed.includes(value as string)) continue;
    if (stated(value))
      problems.push(factProblem('clause.fact.unknown', `/${name}`, value, allowed.join(', ')));
    else if (name === 'buyer')
      problems.push(factProblem('clause.fact.missing', `/${name}`, value, allowed.join(', ')));
  }
};

const checkAmounts: Check = (problems, _rules, found) => {
  const { value, vatRate, durationDays, years } = found;
  if (stated(value) && !(isDecimal(value) && !value.startsWith('-')))
    problems.push(factProblem('clause.value.unreadable', '/value', value, '"125000.00"'));
  if (stated(vatRate) && !(isDecimal(vatRate) && /^0(\.\d+)?$/.test(vatRate)))
    problems.push(factProblem('clause.vat-rate.unreadable', '/vatRate', vatRate, '"0.21"'));
  if (stated(durationDays) && !(Number.isInteger(durationDays) && (durationDays as number) > 0))
    problems.push(factProblem('clause.duration.unreadable', '/durationDays', durationDays, '1, 2, 3 ...'));
  if (stated(years) && !(typeof years === 'number' && Number.isFinite(years) && years > 0))
    problems.push(factProblem('clause.duration.unreadable', '/years', years, '> 0'));
};

const checkCpv: Check = (problems, rules, found) => {
  if (!stated(found.cpv)) return;
  const several = Array.isArray(found.cpv);
  const codes: readonly unknown[] = several ? (found.cpv as unknown[]) : [found.cpv];
  for (const [index, code] of codes.entries()) {
    if (isCpvShape(code) && rules.knownCpv.has(code)) continue;
    const pointer = several ? `/cpv/${index}` : '/cpv';
    problems.push(factProblem('clause.cpv.unknown', pointer, code, 'CPV 2008, 8 digits'));
  }
};

const checkSubsidy: Check = (problems, rules, found) => {
  if (!stated(found.subsidy)) return;
  const [grant] = rules.overlays.get(found.subsidy as string) ?? [];
  if (grant?.duty !== 'subsidy-condition')
    problems.push(factProblem('clause.subsidy.unknown', '/subsidy', found.subsidy, grants(rules)));
  else if (grant.region !== null && stated(found.region) && found.region !== grant.region)
    problems.push(factProblem('clause.subsidy.other-region', '/subsidy', found.subsidy, grant.region));
};

function grants(rules: LegalRules): string {
  const keys = [...rules.overlays].flatMap(([key, [first]]) =>
    first?.duty === 'subsidy-condition' ? [key] : [],
  );
  return keys.join(', ');
}

/** Facts that cannot both be true. */
const checkAgreement: Check = (problems, _rules, found) => {
  if (stated(found.mainClause) && found.mainClause !== 'none' && found.buyer !== 'pep')
    problems.push(factProblem('clause.main-clause.not-inherited', '/mainClause', found.mainClause, 'none'));
  if (stated(found.mainContract) && found.mainContract !== '' && found.buyer !== 'pep')
    problems.push(
      factProblem('clause.main-contract.not-inherited', '/mainContract', found.mainContract, 'null'),
    );
  if (stated(found.workKind) && stated(found.nature) && found.nature !== 'works')
    problems.push(factProblem('clause.work-kind.not-works', '/workKind', found.workKind, 'null'));
};

/** Days that a year is counted with: twelve months of thirty at least, a leap year at most. */
const YEAR = { least: 360, most: 366 };

/** Two durations are compared where both can be read; a day to each side is rounding. */
const checkDurations: Check = (problems, _rules, { years, durationDays }) => {
  if (typeof years !== 'number' || typeof durationDays !== 'number') return;
  if (!(Number.isFinite(years) && years > 0 && durationDays > 0)) return;
  const least = Math.max(1, Math.floor(years * YEAR.least) - 1);
  const most = Math.ceil(years * YEAR.most) + 1;
  if (durationDays < least || durationDays > most)
    problems.push(
      factProblem('clause.duration.contradicts', '/durationDays', durationDays, `${least} - ${most}`),
    );
};

const CHECKS: readonly Check[] = [
  checkDate,
  checkWords,
  checkAmounts,
  checkCpv,
  checkSubsidy,
  checkAgreement,
  checkDurations,
];
