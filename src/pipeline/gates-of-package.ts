import type { Cpv, Day } from '../kernel/index.js';
import {
  gates,
  inForce,
  type GateAnswer,
  type GateFacts,
  type LegalRules,
} from '../legal-basis/domain/index.js';
import type { Credential } from '../registry/domain/index.js';
import type { Tender, WorkPackage } from '../tenders/index.js';

/** A gate with the figures of its rule: what has to be in order, and how sure that is. */
export interface GateOfPackage extends GateAnswer {
  readonly values: Readonly<Record<string, unknown>>;
}

/** What is known when the gates of one package are asked for. */
export interface GateWorld {
  readonly tender: Pick<Tender, 'buyer' | 'nature' | 'value' | 'currency'>;
  readonly item: Pick<WorkPackage, 'value' | 'currency'>;
  readonly trades: readonly Cpv[];
  /** Proofs of the enterprise that is looked at; null for no enterprise in particular. */
  readonly credentials: readonly Credential[] | null;
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
  const buyer = String(tender.buyer?.facts['buyer'] ?? 'private');
  const isPublic = UNDER_PUBLIC_RULES.includes(buyer);
  const chainLevel = OWNS_THE_WORKS.includes(buyer) ? 0 : 1;
  const partValue = inEuro(item);
  const isWorks = trades.some((code) => code.startsWith(CONSTRUCTION));
  return {
    public: isPublic,
    nature: tender.nature ?? (isWorks ? 'works' : 'services'),
    cpv: trades,
    partValue,
    siteValue: inEuro(tender) ?? partValue,
    contractValue: buyer === 'pep' ? null : inEuro(tender),
    chainLevel,
    subcontractors: chainLevel === 0 ? null : 1,
    paymentDays: null,
    ...(credentials === null ? {} : provenBy(credentials, on)),
  };
}

/** Of a site whose value is not known, a part says that it is large enough, never that it is too small. */
function restsOnPart({ tender }: GateWorld, { key, result }: GateAnswer): boolean {
  return key === 'WORKS-DECLARATION' && result === 'pass' && inEuro(tender) === null;
}

function inEuro({ value, currency }: Pick<WorkPackage, 'value' | 'currency'>): string | null {
  return currency === null || currency === 'EUR' ? value : null;
}

function provenBy(credentials: readonly Credential[], on: Day): Partial<GateFacts> {
  const valid = credentials.filter(({ validUntil }) => validUntil === null || validUntil >= on);
  const classes = valid.flatMap((one) => (one.kind === 'agreation' && one.class !== null ? [one.class] : []));
  return {
    approvalClass: classes.length === 0 ? null : Math.max(...classes),
    asbestosApprovals: valid.flatMap(({ kind, technique }) =>
      kind === 'asbestos' && technique !== null ? [technique] : [],
    ),
  };
}

/** Whether the works are a category or a sub-category of approval is not known here: the limits of both are shown. */
function chainOfEither(
  rules: LegalRules,
  { public: isPublic, nature, chainLevel }: GateFacts,
  on: Day,
): GateAnswer[] {
  if (!isPublic || nature !== 'works') return [];
  return (['category', 'sub-category'] as const).flatMap((approvalLevel) => {
    const found = gates(rules, { public: true, nature, chainLevel: chainLevel ?? null, approvalLevel }, on);
    return (found as GateAnswer[]).filter(({ key }) => key?.startsWith('CHAIN-'));
  });
}
