import { isDay, type Day, type Problem } from '../kernel/index.js';
import { decideClause, type ClauseFacts, type LegalRules } from '../legal-basis/index.js';
import {
  checkEnterprise,
  loadGeography,
  loadTradeCodes,
  type Enterprise,
  type RegistryKnowledge,
} from '../registry/index.js';
import { checkPackage, type PackageKnowledge, type PackageToMatch } from './domain/index.js';

export interface CasePackage {
  readonly package: PackageToMatch;
  readonly tenderId: string;
  readonly facts: ClauseFacts | null;
}

/** A whole case of the command line, read: what is sound goes on, what is not is named with its place. */
export interface MatchCase {
  readonly on: Day;
  readonly enterprises: readonly Enterprise[];
  readonly packages: readonly CasePackage[];
  readonly problems: readonly Problem[];
}

export const CASE_LIMITS = { enterprises: 100_000, tenders: 10_000, packages: 10_000 } as const;

type Bag = Readonly<Record<string, unknown>>;

function problem(code: string, pointer: string, found: unknown, expected: string): Problem {
  const text = found === undefined ? null : JSON.stringify(found).slice(0, 200);
  return { code: `matching.${code}`, severity: 'error', place: { pointer }, found: text, expected };
}

function under(pointer: string, problems: readonly Problem[]): Problem[] {
  return problems.map((one) => {
    const inner = one.place !== null && 'pointer' in one.place ? one.place.pointer : '';
    return { ...one, place: { pointer: `${pointer}${inner}` } };
  });
}

function asBag(value: unknown): Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bag) : {};
}

/** A list within its limit; anything else is one problem and no entries. */
function listOf(
  bag: Bag,
  key: keyof typeof CASE_LIMITS,
  pointer: string,
  problems: Problem[],
): readonly unknown[] {
  const value = bag[key];
  const max = CASE_LIMITS[key];
  if (Array.isArray(value) && value.length <= max) return value;
  problems.push(
    problem(
      'case.list.expected',
      `${pointer}/${key}`,
      Array.isArray(value) ? value.length : value,
      `a list, at most ${max}`,
    ),
  );
  return [];
}

function knowledgeOf(rules: LegalRules): RegistryKnowledge & PackageKnowledge {
  const [geography, trades] = [loadGeography(), loadTradeCodes()];
  return {
    cpvExists: (code) => trades.has(code),
    placeExists: (key) => geography.extent(key) !== null,
    kindExists: (kind) => rules.kinds.has(kind),
  };
}

function readEnterprises(bag: Bag, knowledge: RegistryKnowledge, problems: Problem[]): Enterprise[] {
  const seen = new Set<string>();
  return listOf(bag, 'enterprises', '', problems).flatMap((entry, i) => {
    const read = checkEnterprise(entry, knowledge);
    if ('problems' in read) {
      problems.push(...under(`/enterprises/${i}`, read.problems));
      return [];
    }
    if (seen.has(read.enterprise.id)) {
      problems.push(
        problem('case.id.twice', `/enterprises/${i}/id`, read.enterprise.id, 'an identifier of its own'),
      );
      return [];
    }
    seen.add(read.enterprise.id);
    return [read.enterprise];
  });
}

/**
 * Only what names a buyer can be judged by procurement law; the day to judge on is that of the case when left out. Facts that the
 * law cannot read are refused with the field: they would shut everybody out as if the law said so.
 */
function factsOf(
  value: unknown,
  on: Day,
  rules: LegalRules,
): { readonly facts: ClauseFacts | null } | { readonly problems: readonly Problem[] } {
  const stated = asBag(value);
  if (stated['buyer'] === undefined || stated['buyer'] === null) return { facts: null };
  const facts = { ...stated, date: stated['date'] ?? on } as ClauseFacts;
  const decided = decideClause(rules, facts);
  return Array.isArray(decided) ? { problems: decided } : { facts };
}

function isOpen(tender: Bag, on: Day): boolean {
  const status = tender['status'] ?? 'published';
  const deadline = typeof tender['deadline'] === 'string' ? tender['deadline'].slice(0, 10) : null;
  return status === 'published' && (deadline === null || deadline >= on);
}

function readPackages(
  bag: Bag,
  on: Day,
  rules: LegalRules,
  knowledge: PackageKnowledge,
  problems: Problem[],
): CasePackage[] {
  return listOf(bag, 'tenders', '', problems).flatMap((entry, i) => {
    const tender = asBag(entry);
    const seen = new Set<string>();
    const tenderId = String(tender['id'] ?? `tender ${i + 1}`);
    if (!isOpen(tender, on)) {
      problems.push({
        ...problem(
          'case.tender.closed',
          `/tenders/${i}`,
          tender['status'] ?? tender['deadline'],
          'published and before its deadline',
        ),
        severity: 'info',
      });
      return [];
    }
    const judged = factsOf(tender['facts'], on, rules);
    if ('problems' in judged) {
      problems.push(...under(`/tenders/${i}/facts`, judged.problems));
      return [];
    }
    return listOf(tender, 'packages', `/tenders/${i}`, problems).flatMap((candidate, j): CasePackage[] => {
      const pointer = `/tenders/${i}/packages/${j}`;
      const read = checkPackage(candidate, knowledge);
      if ('problems' in read) {
        problems.push(...under(pointer, read.problems));
        return [];
      }
      const { id } = read.package;
      if (seen.has(id)) {
        problems.push(problem('case.package.twice', `${pointer}/id`, id, 'an identifier of its own'));
        return [];
      }
      seen.add(id);
      return [{ package: read.package, tenderId, facts: judged.facts }];
    });
  });
}

/** @returns a refusal when there is no case to decide at all, or when every package in it was refused */
export function readMatchCase(
  value: unknown,
  rules: LegalRules,
): MatchCase | { readonly refused: Problem; readonly problems: readonly Problem[] } {
  const bag = asBag(value);
  const on = bag['on'];
  if (!isDay(on)) {
    const refused = problem('case.day.missing', '/on', on, 'YYYY-MM-DD');
    return { refused, problems: [refused] };
  }
  const problems: Problem[] = [];
  const knowledge = knowledgeOf(rules);
  const enterprises = readEnterprises(bag, knowledge, problems);
  const packages = readPackages(bag, on, rules, knowledge, problems);
  const refused = problems.find((one) => one.severity === 'error');
  const isEmpty =
    packages.length === 0 ||
    (enterprises.length === 0 && (bag['enterprises'] as unknown[] | undefined)?.length !== 0);
  if (refused && isEmpty) return { refused, problems };
  return { on, enterprises, packages, problems };
}
