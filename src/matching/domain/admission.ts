import type { Enterprise } from '../../registry/domain/index.js';
import { approvalCriterion } from './criteria/approval.js';
import { kindCriterion } from './criteria/kind.js';
import { legalCriterion } from './criteria/legal.js';
import { CRITERIA, type Criterion, type MatchQuestion } from './criterion.js';
import { KIND_NUMBERS, kindNumber, NO_APPROVAL, OTHER_APPROVALS } from './project-postings.js';

/** An enterprise that nothing can let in weighs less than any that something can. */
export const SHUT_OUT = -9;
const VARIANTS = [0, NO_APPROVAL, OTHER_APPROVALS, NO_APPROVAL | OTHER_APPROVALS] as const;
/** Laws differ by day, instrument and what the buyer is: a busy day sees some dozens. */
const KEPT = 100;
const known = new Map<string, readonly number[]>();

/**
 * By `who` of a posting: what its kind and approvals alone take from the score, or `SHUT_OUT` when kind, law or approval
 * can only say no. Asked of the criteria themselves, with the best evidence there could be and with none.
 */
export function admissionOf(question: MatchQuestion): readonly number[] {
  const key = JSON.stringify([question.law.key, question.package.kinds, question.weights.version]);
  const found = known.get(key);
  if (found) return found;
  const table = admissionTable(question);
  if (known.size >= KEPT) known.delete(known.keys().next().value!);
  known.set(key, table);
  return table;
}

/** The same without any condition. */
export function anyone(): readonly number[] {
  return Array.from({ length: KIND_NUMBERS * VARIANTS.length }, () => 0);
}

function admissionTable(question: MatchQuestion): readonly number[] {
  const table = anyone().map(() => Number.NaN);
  for (const kind of question.law.kinds) {
    for (const variant of VARIANTS) {
      const at = kindNumber(kind) | variant;
      const worth = Math.max(
        ...imagined(kind, variant, question).map((one) => worthOf(question, one, variant)),
      );
      // Kinds that share a number: whoever fares best speaks for both.
      table[at] = Number.isNaN(table[at]) ? worth : Math.max(table[at]!, worth);
    }
  }
  return table.map((worth) => (Number.isNaN(worth) ? 0 : worth));
}

function worthOf(question: MatchQuestion, enterprise: Enterprise, variant: number): number {
  const candidate = { enterprise, point: null, homeKey: null, distanceKm: null, engagements: [] };
  const results = [
    kindCriterion(question, candidate),
    legalCriterion(question, candidate),
    ...((variant & NO_APPROVAL) === 0 ? [] : [approvalCriterion(question, candidate)]),
  ].map(({ result }: Criterion) => result);
  if (results.includes('fail')) return SHUT_OUT;
  const unknowns = results.filter((result) => result === 'unknown').length;
  return (-question.weights.certainty * unknowns) / CRITERIA.length;
}

function imagined(kind: string, variant: number, { law }: MatchQuestion): Enterprise[] {
  const approved = [
    ...((variant & NO_APPROVAL) === 0 ? [kind] : []),
    ...((variant & OTHER_APPROVALS) === 0 ? [] : law.kinds.filter((other) => other !== kind)),
  ];
  const bare: Enterprise = {
    id: '',
    name: '',
    kind,
    active: true,
    delisted: false,
    contactEmail: null,
    approvals: approved.map((one) => ({
      kind: one,
      validFrom: null,
      validUntil: null,
      state: 'verified',
      authority: null,
      reference: null,
    })),
    ratios: [],
    location: { country: 'BE', postalCode: null, nis: null, lat: null, lon: null, address: null },
    activities: [],
    credentials: [],
    openToTeams: false,
    members: [],
    mainAimIntegration: null,
    art59: null,
    statutes: null,
  };
  const methods = ['fte', 'heads'] as const;
  const proven: Enterprise = {
    ...bare,
    ratios: methods.map((method) => ({ asOf: law.day, method, share: '1', disabledShare: '1' })),
    mainAimIntegration: true,
    art59: { validFrom: null, validUntil: null },
    statutes: { publicServiceMission: true, profitsReinvested: true, participatoryGovernance: true },
  };
  return [bare, proven];
}
