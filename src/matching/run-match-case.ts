import { type Actor, type Problem, systemActor } from '../kernel/index.js';
import { LegalBasisService, rulesFromFiles } from '../legal-basis/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/db/index.js';
import { enterpriseIds, RegistryService, type Enterprise } from '../registry/index.js';
import {
  changeInWords,
  criterionInWords,
  type ChangeInWords,
  type CriterionInWords,
  type Match,
  type SmallestChange,
  type Team,
  type Words,
} from './domain/index.js';
import { DecideService } from './decide.service.js';
import type { Explanation, OpenPackage, PackageDecision } from './matching-run.js';
import { OffersService } from './offers.service.js';
import { readMatchCase, type CasePackage, type MatchCase } from './read-match-case.js';

export interface MatchInOutput {
  readonly package: string;
  readonly enterprise: string;
  readonly verdict: string;
  readonly score: number;
  readonly rank: number;
  readonly criteria: readonly CriterionInWords[];
  readonly changes: readonly ChangeInWords[];
  readonly distanceKm: number | null;
  readonly basis: string;
  readonly lawAsOf: string;
}

export interface TeamInOutput {
  readonly package: string;
  readonly members: readonly {
    readonly enterprise: string;
    readonly covers: readonly string[];
    readonly share: number;
  }[];
  readonly coverage: number;
  readonly gaps: readonly string[];
}

/** The answer of `maillon match` (contract). */
export type MatchOutput =
  | {
      readonly matches: readonly MatchInOutput[];
      readonly teams: readonly TeamInOutput[];
      readonly problems: readonly Problem[];
    }
  | { readonly refused: Problem; readonly problems: readonly Problem[] }
  | { readonly explanation: ExplanationInOutput; readonly problems: readonly Problem[] };

export type ExplanationInOutput = Omit<MatchInOutput, 'score' | 'rank'>;

export interface MatchCaseOptions {
  readonly clock: Clock;
  readonly words: Words;
  /** One pair, every criterion, matched or not. */
  readonly explain?: { readonly enterprise: string; readonly package: string };
}

const SYSTEM: Actor = systemActor('match');

/** Carries the answer out of a transaction that must leave nothing behind. */
class RolledBack extends Error {
  constructor(readonly output: MatchOutput) {
    super('rolled back on purpose');
  }
}

/** Identities in the order of the names of the case, so that ties are broken as a reader would. */
function identities(names: readonly string[]): ReadonlyMap<string, string> {
  const sorted = [...new Set(names)].sort();
  return new Map(
    sorted.map((name, i) => [name, `00000000-0000-8000-8000-${(i + 1).toString(16).padStart(12, '0')}`]),
  );
}

/**
 * Answers a whole case from one JSON value: enterprises and packages go into the database as the service would
 * enter them, the same SQL narrows, the same domain decides, and the one transaction is rolled back.
 * The database must be migrated and hold no enterprise of its own.
 * A broken enterprise or package is a problem with its pointer; the others go on.
 */
export async function runMatchCase(
  input: unknown,
  database: Database,
  options: MatchCaseOptions,
): Promise<MatchOutput> {
  const read = readMatchCase(input, rulesFromFiles());
  if ('refused' in read) return read;
  try {
    return await database.transaction(SYSTEM, async (tx) => {
      throw new RolledBack(await decideCase(tx, read, options));
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.output;
    throw error;
  }
}

async function decideCase(tx: Tx, given: MatchCase, options: MatchCaseOptions): Promise<MatchOutput> {
  // Enterprises of a real register would answer a case that does not know them.
  if ((await enterpriseIds(tx)).length > 0) throw new Error('a case is decided in a database of its own');
  const registry = new RegistryService(options.clock);
  const law = new LegalBasisService();
  await law.load(tx, options.clock.now());
  const matching = new DecideService(options.clock, registry, law);
  const ids = identities(given.enterprises.map(({ id }) => id));
  for (const enterprise of given.enterprises) await enter(tx, registry, enterprise, ids.get(enterprise.id)!);
  await new OffersService(options.clock, registry).refresh(tx, [...ids.values()], given.on);
  const nameOf = new Map([...ids].map(([name, id]) => [id, name]));
  const { explain } = options;
  if (explain) return explainCase(tx, matching, given, ids, explain, options.words);
  const decisions = await matching.decide(tx, { packages: given.packages.map(openPackage), on: given.on });
  return {
    matches: decisions.flatMap(({ matches }) =>
      matches.map((match) => matchInOutput(match, nameOf, options.words)),
    ),
    teams: decisions.flatMap((decision) => teamsInOutput(decision, nameOf)),
    problems: given.problems,
  };
}

async function enter(tx: Tx, registry: RegistryService, enterprise: Enterprise, id: string): Promise<void> {
  await registry.register(tx, SYSTEM, enterprise, { organisationId: id, enterpriseId: id });
}

function openPackage({ package: asked, tenderId, facts }: CasePackage): OpenPackage {
  return {
    package: asked,
    tenderId,
    organisationId: '00000000-0000-8000-8000-000000000000',
    version: 1,
    facts,
  };
}

async function explainCase(
  tx: Tx,
  matching: DecideService,
  given: MatchCase,
  ids: ReadonlyMap<string, string>,
  pair: { readonly enterprise: string; readonly package: string },
  words: Words,
): Promise<MatchOutput> {
  const asked = given.packages.find((one) => one.package.id === pair.package);
  const id = ids.get(pair.enterprise);
  const explanation =
    asked && id ? await matching.explain(tx, openPackage(asked), id, { on: given.on }) : null;
  if (!explanation) {
    const refused: Problem = {
      code: 'matching.explain.unknown',
      severity: 'error',
      place: null,
      found: `${pair.enterprise} ${pair.package}`,
      expected: 'an enterprise and a package of the case',
    };
    return { refused, problems: given.problems };
  }
  return { explanation: explanationInOutput(explanation, pair.enterprise, words), problems: given.problems };
}

function changes(list: readonly SmallestChange[], words: Words): ChangeInWords[] {
  return list.map((change) => changeInWords(change, words));
}

function explanationInOutput(found: Explanation, enterprise: string, words: Words): ExplanationInOutput {
  const { packageId, verdict, distanceKm, basis, lawAsOf } = found;
  const criteria = found.criteria.map((one) => criterionInWords(one, words));
  return {
    package: packageId,
    enterprise,
    verdict,
    criteria,
    changes: changes(found.changes, words),
    distanceKm,
    basis,
    lawAsOf,
  };
}

function matchInOutput(match: Match, nameOf: ReadonlyMap<string, string>, words: Words): MatchInOutput {
  const { packageId, enterpriseId, verdict, score, rank, distanceKm, basis, lawAsOf } = match;
  return {
    package: packageId,
    enterprise: nameOf.get(enterpriseId) ?? enterpriseId,
    verdict,
    score,
    rank,
    criteria: match.criteria.map((one) => criterionInWords(one, words)),
    changes: changes(match.changes, words),
    distanceKm,
    basis,
    lawAsOf,
  };
}

function teamsInOutput({ teams }: PackageDecision, nameOf: ReadonlyMap<string, string>): TeamInOutput[] {
  return teams.map((team: Team) => ({
    package: team.packageId,
    members: team.members.map(({ enterpriseId, covers, share }) => ({
      enterprise: nameOf.get(enterpriseId) ?? enterpriseId,
      covers,
      share,
    })),
    coverage: team.coverage,
    gaps: team.gaps,
  }));
}
