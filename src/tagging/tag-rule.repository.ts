import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { RuleMeasure, TagRule } from './domain/index.js';

/** A rule with who taught it, who accepted it, and until when it held. */
export interface StoredRule extends TagRule {
  readonly organisationId: string;
  readonly taughtBy: string;
  /** Their name, within their organisation. */
  readonly taughtByName: string | null;
  readonly taughtAt: Date;
  readonly acceptedBy: string | null;
  readonly acceptedByName: string | null;
  /** In force from this moment; null while nobody accepted it. */
  readonly acceptedAt: Date | null;
  readonly measure: RuleMeasure | null;
  readonly endedAt: Date | null;
}

/** Whether a rule waits, holds, or has ended (or was declined). */
export function stateOfRule(
  rule: Pick<StoredRule, 'acceptedAt' | 'endedAt'>,
): 'waiting' | 'in-force' | 'ended' {
  return rule.endedAt !== null ? 'ended' : rule.acceptedAt === null ? 'waiting' : 'in-force';
}

const RULES_SQL = `
  SELECT r.id, r.organisation_id AS "organisationId", r.scope, r.pattern, r.numbering, r.trade, r.placeable,
    r.taught_by AS "taughtBy", teacher.name AS "taughtByName", r.taught_at AS "taughtAt",
    r.accepted_by AS "acceptedBy", accepter.name AS "acceptedByName", r.accepted_at AS "acceptedAt", r.measure,
    r.ended_at AS "endedAt"
  FROM tagging.rule r
  LEFT JOIN accounts.person teacher ON teacher.id = r.taught_by
  LEFT JOIN accounts.person accepter ON accepter.id = r.accepted_by`;

/** More than one organisation teaches in years. */
const MOST = 2000;
const MOST_SHOWN = 200;

/** What holds for an organisation: its own rules, and those for everybody. */
export function rulesInForce(tx: Tx, organisationId: string): Promise<StoredRule[]> {
  return rows<StoredRule>(
    tx,
    `${RULES_SQL} WHERE r.accepted_at IS NOT NULL AND r.ended_at IS NULL
       AND (r.organisation_id = $1 AND r.scope = 'organisation' OR r.scope = 'everybody')
     ORDER BY r.id LIMIT ${MOST}`,
    [organisationId],
  );
}

/** What holds for everybody. */
export function rulesForEverybody(tx: Tx): Promise<StoredRule[]> {
  return rows<StoredRule>(
    tx,
    `${RULES_SQL} WHERE r.accepted_at IS NOT NULL AND r.ended_at IS NULL AND r.scope = 'everybody' ORDER BY r.id LIMIT ${MOST}`,
    [],
  );
}

/** Rules that an organisation taught and those for everybody, what waits first, then what holds, then what ended. */
export function rulesSeenBy(tx: Tx, organisationId: string): Promise<StoredRule[]> {
  return rows<StoredRule>(
    tx,
    `${RULES_SQL} WHERE r.organisation_id = $1 OR r.scope = 'everybody'
     ORDER BY r.ended_at IS NOT NULL, r.accepted_at IS NOT NULL, r.taught_at DESC, r.id DESC LIMIT ${MOST_SHOWN}`,
    [organisationId],
  );
}

export function ruleById(tx: Tx, id: string): Promise<StoredRule | null> {
  return maybeRow<StoredRule>(tx, `${RULES_SQL} WHERE r.id = $1`, [id]);
}

export async function insertRule(
  tx: Tx,
  rule: TagRule & { readonly organisationId: string; readonly taughtBy: string; readonly taughtAt: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO tagging.rule (id, organisation_id, scope, pattern, numbering, trade, placeable, taught_by, taught_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      rule.id,
      rule.organisationId,
      rule.scope,
      rule.pattern,
      rule.numbering && JSON.stringify(rule.numbering),
      rule.trade,
      rule.placeable,
      rule.taughtBy,
      rule.taughtAt,
    ],
  );
}

/** @returns false when it was decided meanwhile */
export async function acceptRule(
  tx: Tx,
  id: string,
  accepted: { readonly by: string; readonly at: Date; readonly measure: RuleMeasure },
): Promise<boolean> {
  const count = await affected(
    tx,
    `UPDATE tagging.rule SET accepted_by = $2, accepted_at = $3, measure = $4
     WHERE id = $1 AND accepted_at IS NULL AND ended_at IS NULL`,
    [id, accepted.by, accepted.at, JSON.stringify(accepted.measure)],
  );
  return count === 1;
}

/** Ends a rule, or declines one that waits. @returns false when it had ended already */
export async function endRule(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  const sql = `UPDATE tagging.rule SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL`;
  return (await affected(tx, sql, [id, by, at])) === 1;
}
