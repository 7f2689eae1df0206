import { roundDecimal, type Cpv, type Day, type Decimal } from '../../kernel/index.js';
import type { Confidence, Group, Instrument, Regime } from './facts.js';
import type {
  BasisRule,
  EligibilityRule,
  Evidence,
  KindRule,
  LegalRules,
  OverlayCase,
  OverlayRule,
  Rule,
  RuleSet,
  RuleVersion,
} from './rules.js';

type Body = RuleVersion['body'];

/**
 * Arranges versions that passed `checkRules` so that questions are answered without searching. The order in
 * which they come in changes nothing.
 */
export function buildRules(
  unsorted: readonly RuleVersion[],
  knownCpv: ReadonlySet<Cpv>,
  stamp: string,
): LegalRules {
  const versions = [...unsorted].sort(
    (a, b) =>
      compare(a.set, b.set) || compare(a.key, b.key) || compare(a.valid.from ?? '', b.valid.from ?? ''),
  );
  const scope = versions.find((version) => version.set === 'scope')?.body ?? {};
  return {
    lawAsOf: text(scope['law_as_of']) ?? '',
    known: { from: text(scope['known_from']), until: text(scope['known_until']) },
    stamp,
    versions,
    regimes: ofSet(versions, 'regime', (body) => ({ regime: body['regime'] as Regime })),
    buyers: first(grouped(versions, 'buyer', (body) => ({ bound: body['bound'] === true }))),
    bases: grouped(versions, 'basis', basis),
    thresholds: grouped(versions, 'threshold', (body) => ({ amount: amount(body['amount']) ?? '0.00' })),
    cpvLists: grouped(versions, 'cpv-list', (body) => ({ codes: new Set(list<Cpv>(body['codes'])) })),
    overlays: grouped(versions, 'overlay', overlay),
    kinds: grouped(versions, 'kind', kind),
    eligibility: grouped(versions, 'eligibility', eligibilityCell),
    classes: grouped(versions, 'approval-class', (body) => ({ max: amount(body['amount']) })),
    gates: grouped(versions, 'gate', (body) => ({ values: body })),
    knownCpv,
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function ofSet<Extra>(
  versions: readonly RuleVersion[],
  set: RuleSet,
  extra: (body: Body) => Extra,
): (Rule & Extra)[] {
  return versions
    .filter((version) => version.set === set)
    .map((version) => ({
      versionId: version.id,
      key: version.key,
      valid: version.valid,
      citation: version.citation,
      confidence: version.confidence,
      ...extra(version.body),
    }));
}

function grouped<Extra>(
  versions: readonly RuleVersion[],
  set: RuleSet,
  extra: (body: Body) => Extra,
): Map<string, (Rule & Extra)[]> {
  const groups = new Map<string, (Rule & Extra)[]>();
  for (const rule of ofSet(versions, set, extra)) {
    const group = groups.get(rule.key);
    if (group) group.push(rule);
    else groups.set(rule.key, [rule]);
  }
  return groups;
}

function first<R>(groups: ReadonlyMap<string, readonly R[]>): Map<string, R> {
  return new Map([...groups].flatMap(([key, [rule]]) => (rule === undefined ? [] : [[key, rule] as const])));
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function list<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

function listOrNull<T>(value: unknown): readonly T[] | null {
  return Array.isArray(value) ? (value as T[]) : null;
}

/** Amounts are whole euros in the files and two decimals everywhere else. */
function amount(value: unknown): Decimal | null {
  return typeof value === 'number' ? roundDecimal(String(value), 2) : null;
}

function basis(body: Body): Omit<BasisRule, keyof Rule> {
  const route = body['route'] as Record<string, unknown> | undefined;
  const above = body['uncertain_above'] as Record<string, unknown> | undefined;
  return {
    layer: body['layer'] as BasisRule['layer'],
    instruments: list<Instrument>(body['instruments']),
    groups: list<Group>(body['groups']),
    uncertainGroups: list<Group>(body['uncertain_groups']),
    valueLimit: body['value_limit'] === 'below-eu-threshold' ? 'below-eu-threshold' : 'none',
    route: route
      ? {
          cpvList: String(route['cpv_list']),
          nature: route['nature'] as NonNullable<BasisRule['route']>['nature'],
          maxYears: Number(route['max_years']),
        }
      : null,
    column: text(body['column']),
    uncertainAbove: above
      ? { regime: above['regime'] as Regime, groups: list<Group>(above['groups']) }
      : null,
    inheritedIn: (body['inherited_in'] ?? null) as Regime | null,
  };
}

function overlay(body: Body): Omit<OverlayRule, keyof Rule> {
  const cases = listOrNull<Record<string, unknown>>(body['cases']) ?? [{}];
  return {
    duty: body['duty'] as OverlayRule['duty'],
    region: (body['region'] ?? null) as OverlayRule['region'],
    buyers: list(body['buyers']),
    status: body['status'] === 'pending' ? 'pending' : 'in-force',
    cases: cases.map(overlayCase),
    startUncertainUntil: text(body['start_uncertain_until']) as Day | null,
  };
}

function overlayCase(one: Record<string, unknown>): OverlayCase {
  return {
    levels: listOrNull(one['levels']),
    natures: listOrNull(one['natures']),
    workKinds: listOrNull(one['work_kinds']),
    above: amount(one['above']),
    from: amount(one['from']),
    vatRate: text(one['vat_rate']),
    reachesEuThreshold: one['reaches_eu_threshold'] === true,
    overDays: typeof one['over_days'] === 'number' ? one['over_days'] : null,
  };
}

function kind(body: Body): Omit<KindRule, keyof Rule> {
  return {
    names: body['names'] as KindRule['names'],
    authority: text(body['authority']) ?? '',
    maxYears: list<number | null>(body['max_years']),
    b2bMarket: body['b2b_market'] !== false,
    approved: body['approved'] !== false,
    sheltered: body['sheltered'] === true,
    reportDue: text(body['report_due']),
    successor: text(body['successor']),
    notes: text(body['notes']) ?? '',
  };
}

function eligibilityCell(body: Body): Omit<EligibilityRule, keyof Rule> {
  return {
    kind: String(body['kind']),
    column: String(body['column']),
    answer: body['answer'] as EligibilityRule['answer'],
    needs: list<Evidence>(body['needs']),
    unless: list<Evidence>(body['unless']),
    why: text(body['why']),
    suggestion: text(body['suggestion']),
  };
}

/** Confidences that let a datum decide without a person. */
export function decidesAlone(confidence: Confidence): boolean {
  return confidence === 'sourced';
}
