import type { Problem } from '../../kernel/index.js';
import type { Ask, ClauseAnswer, ClauseDuty, Words } from './answers.js';
import { checkClauseFacts } from './check-clause-facts.js';
import { duties, inheritedDuty } from './duties.js';
import type { Buyer, ClauseFacts, Group, Regime } from './facts.js';
import { lawOn, type LawOfDay } from './law-of-day.js';
import { inheritedOptions, NO_OPTIONS, optionsOpened, voluntaryOptions, type BareOption } from './options.js';
import { routeIsOpen } from './route.js';
import type { BasisRule, LegalRules } from './rules.js';
import { euThreshold, type ThresholdAnswer } from './threshold.js';
import { ask, askOnce, newTrail, rely, show, type Trail } from './trail.js';

/** Says keys as they are: for storage, where no language is meant. */
const keysOnly: Words = (key) => key;

/** An answer before it is said in any language. What comes back in many answers is the same object in all of them. */
export interface ClauseDecision {
  readonly facts: ClauseFacts;
  readonly regime: Regime;
  readonly threshold: ThresholdAnswer | null;
  readonly options: readonly BareOption[];
  readonly duties: readonly ClauseDuty[];
  readonly trail: Trail;
}

type Bare = Omit<ClauseDecision, 'facts' | 'trail'>;

/**
 * Which social clauses this buyer may use on the day of the notice, on which legal basis, for which groups of
 * enterprises, and what obliges it to. Decided by the rules given alone.
 * @param facts `date` is the day of the notice; for a contractor executing a public contract, that of the main one
 * @param words says labels and reasons in one language; without it they are keys of the catalogue
 * @returns problems with a pointer when a fact does not exist or contradicts another; never a guess
 * @source docs/legal-basis/README.md; dossier sections 1, 2, 3 and 6
 */
export function clauseOptions(
  rules: LegalRules,
  facts: ClauseFacts,
  words: Words = keysOnly,
): ClauseAnswer | Problem[] {
  const decision = decideClause(rules, facts);
  if (Array.isArray(decision)) return decision;
  const { regime, threshold, options, trail } = decision;
  const params = labelParams(decision.facts);
  return {
    ...(typeof facts.id === 'string' ? { id: facts.id } : {}),
    regime,
    buyer: decision.facts.buyer,
    aboveThreshold: threshold?.above ?? null,
    threshold: threshold?.amount ?? null,
    options: options.map((one) => ({ ...one, label: words(one.labelKey, params) })),
    duties: decision.duties,
    askPerson: trail.asks.map((one) => askInWords(one, words)),
    asks: trail.asks,
    lawAsOf: rules.lawAsOf,
    confidence: trail.confidence,
    versions: trail.rules.map((rule) => rule.versionId),
  };
}

/** The same, for who says it in words of their own. */
export function decideClause(rules: LegalRules, facts: ClauseFacts): ClauseDecision | Problem[] {
  if (typeof facts !== 'object' || facts === null) return checkClauseFacts(rules, facts);
  const asked = inOneShape(facts);
  const problems = checkClauseFacts(rules, asked);
  if (problems.length > 0) return problems;
  const trail = newTrail();
  const buyer = rules.buyers.get(asked.buyer);
  if (buyer) rely(trail, buyer);
  const bare = buyer?.bound ? bound(rules, asked, trail) : unbound(rules, asked, trail);
  return {
    facts: asked,
    regime: bare.regime,
    threshold: bare.threshold,
    options: bare.options,
    duties: bare.duties,
    trail,
  };
}

/** All fields, in one order: what reads objects of a single shape is several times as fast. */
function inOneShape(facts: ClauseFacts): ClauseFacts {
  return {
    id: facts.id,
    date: facts.date,
    buyer: effectiveBuyer(facts),
    level: facts.level,
    region: facts.region,
    nature: facts.nature,
    value: facts.value,
    cpv: facts.cpv,
    workKind: facts.workKind,
    durationDays: facts.durationDays,
    years: facts.years,
    subsidy: facts.subsidy,
    mainClause: facts.mainClause,
    mainContract: facts.mainContract,
    vatRate: facts.vatRate,
  } satisfies Record<keyof ClauseFacts, unknown>;
}

/** What fills the places of a label. */
export function labelParams({ mainContract }: ClauseFacts): { readonly mainContract: string } {
  return { mainContract: mainContract ?? '' };
}

/** Families of the catalogue that name what some parameters list. */
const NAMED: Readonly<Record<string, string>> = { missing: 'clause.fact', groups: 'clauses.group' };

/** Says why a person is asked, in the language of `words`. */
export function askInWords({ code, params }: Ask, words: Words): string {
  const named = Object.entries(params).map(([name, value]) => {
    const family = NAMED[name];
    const each = family === undefined ? [] : String(value).split(', ');
    return [name, family === undefined ? value : each.map((one) => words(`${family}.${one}`)).join(', ')];
  });
  return words(`clause.ask.${code}`, Object.fromEntries(named) as Ask['params']);
}

/** A private buyer that names a grant is bound by that grant, not by procurement law. */
function effectiveBuyer(facts: ClauseFacts): Buyer {
  return facts.buyer === 'private' && typeof facts.subsidy === 'string' ? 'private-subsidy' : facts.buyer;
}

function regimeOn(law: LawOfDay, facts: ClauseFacts, trail: Trail): Regime {
  const rule = law.regime;
  if (rule === null) return 'PRE';
  rely(trail, rule);
  if (rule.regime === 'PRE') askOnce(trail, 'none-modelled', { date: facts.date });
  return rule.regime;
}

/** A buyer that procurement law binds: what the act of the day opens, and what overlays make of it. */
function bound(rules: LegalRules, facts: ClauseFacts, trail: Trail): Bare {
  const law = lawOn(rules, facts.date);
  const regime = regimeOn(law, facts, trail);
  if (regime === 'PRE') return { regime, threshold: null, options: NO_OPTIONS, duties: [] };
  const threshold = euThreshold(rules, facts);
  if (threshold.candidates.length === 0) askOnce(trail, 'threshold.not-entered', { date: facts.date });
  const open = law.bases.BE.filter((basis) => isOpen(rules, basis, facts, threshold, trail));
  for (const basis of open) {
    rely(trail, basis);
    if (basis.uncertainGroups.length > 0) askGroups(trail, basis, basis.uncertainGroups);
  }
  if (threshold.above !== false) askAbove(law, regime, trail);
  const options = optionsOpened(open, facts);
  const owed = duties(law, facts, threshold, trail);
  // Shown with the answer even where nothing hangs on it.
  for (const candidate of threshold.candidates) show(trail, candidate);
  return { regime, threshold, options, duties: owed };
}

function isOpen(
  rules: LegalRules,
  basis: BasisRule,
  facts: ClauseFacts,
  threshold: ThresholdAnswer,
  trail: Trail,
): boolean {
  if (basis.instruments.length === 0) return false;
  if (basis.route) return routeIsOpen(rules, basis, facts, trail);
  if (basis.valueLimit === 'none') return true;
  for (const candidate of threshold.candidates) rely(trail, candidate);
  if (threshold.above === null && threshold.candidates.length > 0) {
    const missing = threshold.missing.join(', ');
    ask(trail, basis, 'threshold.open', { rule: basis.key, missing }, missing);
  }
  return threshold.above === false;
}

/** Readings that would open a group where the act itself is silent: never without a person. */
function askAbove(law: LawOfDay, regime: Regime, trail: Trail): void {
  for (const basis of law.bases.EU) {
    if (basis.uncertainAbove?.regime !== regime) continue;
    show(trail, basis);
    askGroups(trail, basis, basis.uncertainAbove.groups);
  }
}

function askGroups(trail: Trail, basis: BasisRule, uncertain: readonly Group[]): void {
  const groups = uncertain.join(', ');
  ask(trail, basis, 'group.uncertain', { groups, rule: basis.key }, groups);
}

/** A buyer that procurement law does not bind: a voluntary term, a grant's condition, or an inherited share. */
function unbound(rules: LegalRules, facts: ClauseFacts, trail: Trail): Bare {
  const law = lawOn(rules, facts.date);
  if (facts.buyer === 'pep') return inherited(law, facts, trail);
  if (facts.buyer === 'private-subsidy' && !facts.subsidy) ask(trail, law, 'subsidy.unnamed');
  return {
    regime: 'RCONTRACT',
    threshold: null,
    options: voluntary(law, facts, trail),
    duties: duties(law, facts, null, trail),
  };
}

function voluntary(law: LawOfDay, facts: ClauseFacts, trail: Trail): readonly BareOption[] {
  const { model, options } = voluntaryOptions(law, facts);
  if (model) show(trail, model);
  for (const basis of law.bases.CONTRACT) rely(trail, basis);
  return options;
}

/** The regime is that of the main notice; the share is a debt of the contractor, never a reservation. */
function inherited(law: LawOfDay, facts: ClauseFacts, trail: Trail): Bare {
  const regime = regimeOn(law, facts, trail);
  const clause = facts.mainClause ?? null;
  if (clause === null) ask(trail, law, 'main-clause.unstated');
  if (typeof facts.subsidy === 'string')
    ask(trail, law, 'subsidy.of-main-contract', { rule: facts.subsidy }, facts.subsidy);
  if (clause === null || clause === 'none')
    return { regime, threshold: null, options: voluntary(law, facts, trail), duties: [] };
  const basis = law.bases.BE.find((one) => one.inheritedIn === regime);
  if (basis === undefined) return { regime, threshold: null, options: NO_OPTIONS, duties: [] };
  rely(trail, basis);
  return {
    regime,
    threshold: null,
    options: inheritedOptions(basis, clause, facts),
    duties: [inheritedDuty(basis)],
  };
}
