import type { Day, Problem } from '../../kernel/index.js';
import type { EligibilityAnswer, EligibilityReason, Verdict } from './answers.js';
import { approvalOn, covers, kindOn, type ApprovalStanding, type KindStatus } from './approval.js';
import { factProblem } from './check-clause-facts.js';
import { checkEnterpriseFacts, columnOf } from './check-enterprise-facts.js';
import { prove, type Proof } from './evidence.js';
import type { EligibilityQuestion, EnterpriseFacts, Group } from './facts.js';
import { inForce, weaker } from './in-force.js';
import type { EligibilityRule, KindRule, LegalRules } from './rules.js';

const ORDINARY = 'ORDINARY';
/** Best first: an enterprise enters by the kind that serves it best. */
const ORDER: readonly Verdict[] = ['eligible', 'person-decides', 'pending', 'not-eligible'];
/** Columns in which nobody reserves anything: a kind that is stated is taken as stated. */
const UNRESERVED = new Set(['CLAUSE', 'VOL', 'WAL_TRAIN']);
const GROUP_OF_COLUMN: Readonly<Record<string, Group>> = {
  CLAUSE: 'CLAUSE_DEFINED',
  VOL: 'ANY',
  WAL_TRAIN: 'TRAINEES',
};

/**
 * Whether an enterprise qualifies under a basis on a day, with every rule's required and actual value.
 * @param on the legal day: that of the notice, not today
 * @returns `person-decides` wherever the law itself, or the datum that would decide, is not sourced; `pending` when
 * a proof is to be asked for; problems when a fact does not exist
 * @source docs/legal-basis/README.md; dossier section 4
 */
export function eligibility(
  rules: LegalRules,
  question: EligibilityQuestion,
  on: Day,
): EligibilityAnswer | Problem[] {
  const problems = checkEnterpriseFacts(rules, question, on);
  if (problems.length > 0) return problems;
  const column = columnOf(rules, question.basis, on)!;
  const candidates = kindsOf(rules, question.enterprise, on).flatMap((kind) => {
    const answer = byKind(rules, question, kind, column, on);
    return answer ? [answer] : [];
  });
  if (candidates.length === 0)
    return [factProblem('eligibility.cell.missing', '/enterprise/kind', question.enterprise.kind, column)];
  return candidates.reduce((best, one) =>
    ORDER.indexOf(one.verdict) < ORDER.indexOf(best.verdict) ? one : best,
  );
}

/** The kind it is registered as, then those of its other valid approvals; a customer limit leaves no other way. */
function kindsOf(rules: LegalRules, enterprise: EnterpriseFacts, on: Day): string[] {
  const own = enterprise.kind ?? ORDINARY;
  if (kindOn(rules, own, on)?.rule.b2bMarket === false) return [own];
  const others = (enterprise.approvals ?? [])
    .filter((approval) => covers(approval, on))
    .map((approval) => approval.kind)
    .filter((kind) => kindOn(rules, kind, on)?.rule.b2bMarket !== false);
  return [...new Set([own, ...others])];
}

function byKind(
  rules: LegalRules,
  question: EligibilityQuestion,
  kind: string,
  column: string,
  on: Day,
): EligibilityAnswer | null {
  const known = kindOn(rules, kind, on);
  const cell = inForce(rules.eligibility.get(`${kind}:${column}`), on);
  if (!known || !cell) return null;
  const approval = approvalOn(known.rule, question.enterprise, on);
  const proofs = [...cell.needs, ...cell.unless].map((one) => prove(rules, one, question.enterprise, on));
  const decided = onKindRead(known.rule, column, decide(cell, proofs, approval, known.status, column));
  const basis = inForce(rules.bases.get(question.basis), on);
  return {
    ...(typeof question.id === 'string' ? { id: question.id } : {}),
    verdict: decided,
    group: decided === 'not-eligible' ? null : groupOf(column, basis?.groups ?? [], known.rule),
    reasons: [
      ...kindReasons(known.rule, known.status, on),
      ...approval.reasons,
      cellReason(cell, decided),
      ...proofs.map((one) => one.reason),
    ],
    kind,
    kindStatus: known.status,
    suggestion: cell.suggestion,
    confidence: cell.answer === '?' ? 'uncertain' : weaker(cell.confidence, known.rule.confidence),
    lawAsOf: rules.lawAsOf,
    versions: [
      known.rule.versionId,
      cell.versionId,
      ...(basis ? [basis.versionId] : []),
      ...proofs.flatMap((one) => one.versions),
    ],
  };
}

function decide(
  cell: EligibilityRule,
  proofs: readonly Proof[],
  approval: ApprovalStanding,
  status: KindStatus,
  column: string,
): Verdict {
  const byMatrix = unlessDoubtful(cell, answerOf(cell, proofs, status));
  if (byMatrix === 'not-eligible') return byMatrix;
  if (status === 'lapsed' || approval.standing === 'expired') return 'pending';
  const shown = proofs.length > 0 && proofs.every((one) => one.standing === 'pass');
  // An approval that did not exist on that day cannot suffice; what is proven by itself still counts.
  if (status === 'not-yet' && cell.answer === 'Y' && !shown) return 'person-decides';
  const reliesOnApproval = cell.answer === 'Y' && !shown && !UNRESERVED.has(column);
  return byMatrix === 'eligible' && reliesOnApproval && approval.standing === 'none' ? 'pending' : byMatrix;
}

/** A cell that nobody has read in its source lets nobody in and keeps nobody out. */
function unlessDoubtful({ confidence }: EligibilityRule, decided: Verdict): Verdict {
  return confidence === 'sourced' || decided === 'pending' ? decided : 'person-decides';
}

/** A kind that nobody has read in its source opens no reserved work by itself. */
function onKindRead({ confidence }: KindRule, column: string, decided: Verdict): Verdict {
  const isReserved = !UNRESERVED.has(column);
  return decided === 'eligible' && isReserved && confidence !== 'sourced' ? 'person-decides' : decided;
}

/** The matrix cell read with the proofs at hand, the approval aside. */
function answerOf(cell: EligibilityRule, proofs: readonly Proof[], status: KindStatus): Verdict {
  switch (cell.answer) {
    case 'Y':
      return unlessContrary(proofs);
    case 'C':
      return onProofs(proofs);
    case 'N':
      return proofs.length === 0 || proofs[0]!.standing === 'missing' ? 'not-eligible' : onProofs(proofs);
    case '?':
      return 'person-decides';
    case '-':
      return status === 'not-yet' ? 'not-eligible' : 'person-decides';
  }
}

/** The approval suffices; a proof on file may still show the contrary. */
function unlessContrary(proofs: readonly Proof[]): Verdict {
  const standings = proofs.map((one) => one.standing);
  if (standings.includes('fail')) return 'not-eligible';
  return standings.includes('disagree') ? 'person-decides' : 'eligible';
}

function onProofs(proofs: readonly Proof[]): Verdict {
  const standings = new Set(proofs.map((one) => one.standing));
  return standings.has('fail')
    ? 'not-eligible'
    : standings.has('disagree') || standings.has('person')
      ? 'person-decides'
      : standings.has('missing') || standings.has('stale')
        ? 'pending'
        : 'eligible';
}

function groupOf(column: string, groups: readonly Group[], kind: KindRule): Group | null {
  const ownGroup = GROUP_OF_COLUMN[column];
  if (ownGroup) return ownGroup;
  const fitting = groups.filter((group) => group.startsWith('SHELTERED') === kind.sheltered);
  return fitting[0] ?? groups[0] ?? null;
}

function kindReasons(rule: KindRule, status: KindStatus, on: Day): EligibilityReason[] {
  const range = `${rule.valid.from ?? '...'} / ${rule.valid.until ?? '...'}`;
  const reasons: EligibilityReason[] = [
    {
      key: 'kind',
      result: status === 'in-force' ? 'pass' : 'fail',
      required: on,
      actual: status === 'lapsed' && rule.successor ? `${range} > ${rule.successor}` : range,
      source: rule.citation.fr,
    },
  ];
  if (!rule.b2bMarket)
    reasons.push({
      key: 'customer-limit',
      result: 'fail',
      required: 'true',
      actual: 'false',
      source: rule.citation.fr,
    });
  return reasons;
}

function cellReason(cell: EligibilityRule, decided: Verdict): EligibilityReason {
  return {
    key: cell.why ?? 'matrix',
    result: decided === 'eligible' ? 'pass' : decided === 'not-eligible' ? 'fail' : 'unknown',
    required: cell.column,
    actual: `${cell.kind}: ${cell.answer}`,
    source: cell.citation.fr,
  };
}
