import type { Cpv } from '../../kernel/index.js';
import type { EvidenceSpan, TagResult } from './tag.js';

/** A finding on a package before anybody looked at it with the lines it has. */
export interface ProposedTag {
  readonly kind: 'trade' | 'placeable';
  readonly value: string;
  readonly confidence: number;
  readonly accepted: boolean;
  readonly evidence: readonly EvidenceSpan[];
  readonly parts: readonly string[];
  readonly reasons: readonly string[];
  readonly origin: 'machine' | 'document' | 'rule' | 'person';
  /** The rule that says so. */
  readonly ruleId: string | null;
}

/** Below it a second guess is noise to the person who reviews. */
const WORTH_PROPOSING = 0.15;

/**
 * Tags of one package: the codes its document states come first and are taken at their word; the text adds what it
 * carries; exactly one verdict says whether it can be placed.
 */
export function proposedTags(result: TagResult, stated: readonly Cpv[]): ProposedTag[] {
  const fromDocument = [...new Set(stated)].map((value): ProposedTag => ({
    kind: 'trade',
    value,
    confidence: 1,
    accepted: true,
    evidence: [],
    parts: [],
    reasons: [],
    origin: 'document',
    ruleId: null,
  }));
  const fromText = result.cpv
    .filter(({ code }) => !stated.includes(code))
    .filter(({ confidence }, position) => position === 0 || confidence >= WORTH_PROPOSING)
    .map((candidate, position): ProposedTag => ({
      kind: 'trade',
      value: candidate.code,
      confidence: candidate.confidence,
      // A stated code leaves nothing to accept without a look; else the first candidate alone is good enough.
      accepted: result.accepted && position === 0 && stated.length === 0,
      evidence: candidate.evidence,
      parts: [],
      reasons: [],
      origin: 'machine',
      ruleId: null,
    }));
  const { placeable } = result;
  return [
    ...fromDocument,
    ...fromText,
    {
      kind: 'placeable',
      value: placeable.label,
      confidence: placeable.confidence,
      accepted: placeable.accepted,
      evidence: placeable.evidence,
      parts: placeable.parts,
      reasons: placeable.reasons,
      origin: 'machine',
      ruleId: null,
    },
  ];
}
