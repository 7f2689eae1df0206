import { prepared, type Tx } from '../platform/db/index.js';
import { boundSql, levelsSql, list, passesSql, type AskedSql, type OfferedSql } from './bound-sql.js';
import type { Probe, Weights } from './domain/index.js';

/** An enterprise that may fit. */
export interface Candidate {
  readonly enterpriseId: string;
  /** Its score is not above this. */
  readonly bound: number;
}

/** The values of a probe, in the order of `candidateParams`. */
export const ASKED: AskedSql = {
  modes: '$5::smallint',
  mask: '$6::smallint',
  flags: '$7::smallint',
  proofs: '$8::int',
  freeBy: '$9::smallint',
  who: '($10::float8[])[who + 1]',
  atLeast: '$11::float8',
  atMost: '$12::float8',
  hoursPerWeek: '$13::float8',
  site: ['$15::float8', '$16::float8', '$17::float8'],
  slackKm: '$18::float8',
  isPoint: '$19::boolean',
  capacity: '$20::float8',
  certainty: '$21::float8',
  noSize: '$22::float8',
  within: ['$23::float8', '$24::float8', '$25::float8'],
  withinReach2: '$26::float8',
  closeness: `coalesce(p.closeness, ${levelsSql('p.depth', 'depth')})`,
};

export const OFFERED: OfferedSql = {
  flags: 'flags',
  proofs: 'proofs',
  valueMin: 'value_min',
  valueMax: 'value_max',
  hoursPerWeek: 'hours_per_week',
  freeFrom: 'free_from',
  merit: 'merit',
  at: ['x', 'y', 'z'],
  reach2: 'reach2',
};

/**
 * `OFFSET 0` keeps the node range inside the index condition; without it the planner makes it a join filter and
 * reads every posting of the zone. The plan is pinned by a test.
 */
export function candidatesSql(weights: Weights): string {
  return `
SELECT o.enterprise_id AS "enterpriseId", max(o.bound) AS bound
FROM unnest($1::int[], $2::int[], $3::int[], $27::float8[]) AS p (low, high, depth, closeness)
CROSS JOIN LATERAL (
  SELECT enterprise_id, ${boundSql(ASKED, OFFERED, weights)} AS bound
  FROM matching.posting
  WHERE zone = ANY ($4::int[]) AND node >= p.low AND node <= p.high
    AND ${passesSql(ASKED, OFFERED)}
  OFFSET 0
) o
GROUP BY o.enterprise_id ORDER BY bound DESC, o.enterprise_id LIMIT $14::int`;
}

const texts = new Map<string, string>();

function candidatesText(weights: Weights): string {
  const found = texts.get(weights.version);
  if (found !== undefined) return found;
  const text = candidatesSql(weights);
  texts.set(weights.version, text);
  return text;
}

/** The values of a probe in the order of the statement. */
export function candidateParams(probe: Probe, limit: number | null): readonly unknown[] {
  const { nodes, site, within } = probe;
  return [
    list(nodes.map(({ low }) => low)),
    list(nodes.map(({ high }) => high)),
    list(nodes.map(({ depth }) => depth)),
    list(probe.zones),
    probe.modes,
    probe.mask,
    probe.flags,
    probe.proofs,
    probe.freeBy,
    list(probe.who),
    probe.atLeast,
    probe.atMost,
    probe.hoursPerWeek,
    limit,
    site?.x ?? null,
    site?.y ?? null,
    site?.z ?? null,
    probe.slackKm,
    probe.isPoint,
    probe.capacity,
    probe.certainty,
    probe.noSize,
    within?.x ?? null,
    within?.y ?? null,
    within?.z ?? null,
    within?.reach2 ?? null,
    list(nodes.map(({ closeness }) => closeness)),
  ];
}

/**
 * Enterprises that may fit, the highest bound of a score first, then by identity. May return too many, never too few:
 * the domain decides, SQL only narrows.
 * @param limit null: all of them
 */
export function findCandidates(tx: Tx, probe: Probe, limit: number | null): Promise<Candidate[]> {
  const { weights } = probe;
  const name = `matching.find-candidates.${weights.version}`;
  return prepared<Candidate>(tx, name, candidatesText(weights), candidateParams(probe, limit));
}
