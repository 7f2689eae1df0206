import type { Cpv, Day } from '../kernel/index.js';
import {
  gates,
  inForce,
  type GateAnswer,
  type GateFacts,
  type LegalRules,
  type Nature,
} from '../legal-basis/domain/index.js';
import type { Credential } from '../registry/domain/index.js';
import type { Tender, TermName, TermsKnown, WorkPackage } from '../tenders/index.js';

/** A gate with the figures of its rule: what has to be in order, and how sure that is. */
export interface GateOfPackage extends GateAnswer {
  readonly values: Readonly<Record<string, unknown>>;
}

/** What is known when the gates of one package are asked for. */
export interface GateWorld {
  readonly tender: Pick<Tender, 'buyer' | 'nature' | 'value' | 'currency'>;
  readonly item: Pick<WorkPackage, 'value' | 'currency' | 'terms'>;
  readonly trades: readonly Cpv[];
  /** Proofs of the enterprise that is looked at; null for no enterprise in particular. */
  readonly credentials: readonly Credential[] | null;
}

/** What the law needs to know of a package to answer its gates, and only that. */
export function termsAsked(
  rules: LegalRules,
  world: Pick<GateWorld, 'tender' | 'trades'>,
  on: Day,
): TermName[] {
  const { isPublic, isOwner } = regimeOf(world.tender);
  const removal = inForce(rules.gates.get('ASBESTOS-REMOVAL'), on);
  const isAsbestos = world.trades.some((code) =>
    (removal?.values['cpv'] as string[] | undefined)?.includes(code),
  );
  return [
    ...(isPublic && natureOf(world) === 'works' ? (['approval', 'approvalClass'] as const) : []),
    ...(isPublic && !isOwner ? (['chainLevel'] as const) : []),
    ...(isAsbestos ? (['asbestosTechnique'] as const) : []),
    'paymentDays',
  ];
}

/** The names that the law of a day has for what is asked. */
export function termsKnown(rules: LegalRules, on: Day): TermsKnown {
  const listOf = (key: string, name: string): readonly string[] =>
    (inForce(rules.gates.get(key), on)?.values[name] as readonly string[] | undefined) ?? [];
  return {
    categories: listOf('APPROVAL-CATEGORIES', 'categories'),
    classes: [...rules.classes.values()].flatMap((versions) => {
      const found = inForce(versions, on);
      return found === null ? [] : [Number(found.key.slice('CLASS-'.length))];
    }),
    techniques: listOf('ASBESTOS-REMOVAL', 'techniques'),
  };
}

const UNDER_PUBLIC_RULES = ['public', 'public-utility', 'private-captured', 'pep'];
const OWNS_THE_WORKS = ['public', 'public-utility'];
const CONSTRUCTION = '45';

/**
 * What must be in order before and during the works of one package, for whoever places it and whoever does it. A
 * contractor places it with a direct subcontractor; a public buyer with its contractor. Who knows less is asked more:
 * nothing is taken as in order because a fact is missing.
 * @param on the day that is asked about; works to come are judged by the law of today
 */
export function gatesOfPackage(rules: LegalRules, world: GateWorld, on: Day): GateOfPackage[] {
  const facts = gateFacts(world, on);
  const found = gates(rules, facts, on);
  const answers = 'version' in (found[0] ?? {}) ? (found as GateAnswer[]) : [];
  return [...answers, ...chainOfEither(rules, facts, on)].map((answer) => ({
    ...(restsOnPart(world, answer) ? { ...answer, result: 'ask' as const } : answer),
    values: inForce(rules.gates.get(answer.key), on)?.values ?? {},
  }));
}

function gateFacts({ tender, item, trades, credentials }: GateWorld, on: Day): GateFacts {
  const { buyer, isPublic, isOwner } = regimeOf(tender);
  const { approval, approvalClass, asbestosTechnique, paymentDays, chainLevel: stated } = item.terms;
  const chainLevel = isOwner ? 0 : (stated ?? 1);
  const partValue = inEuro(item);
  return {
    public: isPublic,
    nature: natureOf({ tender, trades }),
    cpv: trades,
    partValue,
    siteValue: inEuro(tender) ?? partValue,
    contractValue: buyer === 'pep' ? null : inEuro(tender),
    chainLevel,
    subcontractors: chainLevel === 0 ? null : 1,
    paymentDays,
    approvalLevel: levelOf(approval),
    requiredClass: approvalClass,
    asbestosTechnique,
    ...(credentials === null ? {} : provenBy(credentials, approval, on)),
  };
}

/** Whether the contract, or the one above it, is under the rules of public contracts. */
export function isUnderPublicRules(buyer: Tender['buyer']): boolean {
  return UNDER_PUBLIC_RULES.includes(String(buyer?.facts['buyer'] ?? 'private'));
}

function regimeOf({ buyer: known }: GateWorld['tender']) {
  const buyer = String(known?.facts['buyer'] ?? 'private');
  return { buyer, isPublic: isUnderPublicRules(known), isOwner: OWNS_THE_WORKS.includes(buyer) };
}

function natureOf({ tender, trades }: Pick<GateWorld, 'tender' | 'trades'>): Nature {
  const isWorks = trades.some((code) => code.startsWith(CONSTRUCTION));
  return tender.nature ?? (isWorks ? 'works' : 'services');
}

/** Of a site whose value is not known, a part says that it is large enough, never that it is too small. */
function restsOnPart({ tender }: GateWorld, { key, result }: GateAnswer): boolean {
  return key === 'WORKS-DECLARATION' && result === 'pass' && inEuro(tender) === null;
}

function inEuro({ value, currency }: Pick<WorkPackage, 'value' | 'currency'>): string | null {
  return currency === null || currency === 'EUR' ? value : null;
}

/** A letter is a category, a letter with a number one of its sub-categories. */
function levelOf(approval: string | null): 'category' | 'sub-category' | null {
  if (approval === null) return null;
  return approval.length === 1 ? 'category' : 'sub-category';
}

function provenBy(credentials: readonly Credential[], approval: string | null, on: Day): Partial<GateFacts> {
  const valid = credentials.filter(({ validUntil }) => validUntil === null || validUntil >= on);
  return {
    ...approvalProven(valid, approval),
    asbestosApprovals: valid.flatMap(({ kind, technique }) =>
      kind === 'asbestos' && technique !== null ? [technique] : [],
    ),
  };
}

/**
 * The best class held in what is asked for; in anything when nothing is. A main category may stand for its
 * sub-categories: then nothing is stated, and a person reads the certificate.
 */
function approvalProven(
  valid: readonly Credential[],
  asked: string | null,
): Pick<GateFacts, 'approvalClass'> {
  const approvals = valid.filter((one) => one.kind === 'agreation' && one.class !== null);
  const own = approvals.filter(({ category }) => asked === null || category === asked);
  if (own.length > 0) return { approvalClass: Math.max(...own.map((one) => one.class!)) };
  return approvals.some(({ category }) => category === asked?.[0]) ? {} : { approvalClass: null };
}

/** Whether the works are a category or a sub-category of approval is not known here: the limits of both are shown. */
function chainOfEither(
  rules: LegalRules,
  { public: isPublic, nature, chainLevel, approvalLevel: known }: GateFacts,
  on: Day,
): GateAnswer[] {
  if (!isPublic || nature !== 'works' || known) return [];
  return (['category', 'sub-category'] as const).flatMap((approvalLevel) => {
    const found = gates(rules, { public: true, nature, chainLevel: chainLevel ?? null, approvalLevel }, on);
    return (found as GateAnswer[]).filter(({ key }) => key?.startsWith('CHAIN-'));
  });
}
