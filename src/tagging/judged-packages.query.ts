import { rows, type Tx } from '../platform/db/index.js';
import type { JudgedPackage } from './domain/index.js';

/** The newest ones: enough to tell whether a rule contradicts what people say. */
const MOST = 1000;

/**
 * Packages whose findings a person confirmed, as far as the actor may read them.
 * @param organisationId whose packages they are; null for everybody's
 */
export function judgedPackages(tx: Tx, organisationId: string | null): Promise<JudgedPackage[]> {
  return rows<JudgedPackage>(
    tx,
    `WITH picked AS MATERIALIZED (
       SELECT id, title FROM tenders.work_package
       WHERE confirmed AND ($1::uuid IS NULL OR organisation_id = $1) ORDER BY id DESC LIMIT ${MOST}
     ), lines AS (
       SELECT b.package_id, jsonb_agg(jsonb_build_object('text', b.label, 'number', coalesce(b.catalogue_code, b.ref)) ORDER BY b.ordinal) AS texts
       FROM tenders.bill_line b WHERE b.package_id = ANY (ARRAY(SELECT id FROM picked)) GROUP BY b.package_id
     ), tags AS (
       SELECT g.package_id, array_agg(g.value ORDER BY g.value) FILTER (WHERE g.kind = 'trade') AS trades,
              min(g.value) FILTER (WHERE g.kind = 'placeable') AS placeable
       FROM tagging.tag g WHERE g.package_id = ANY (ARRAY(SELECT id FROM picked)) AND g.state = 'confirmed' GROUP BY g.package_id
     )
     SELECT p.title, coalesce(l.texts, jsonb_build_array(jsonb_build_object('text', p.title, 'number', NULL))) AS texts,
            coalesce(t.trades, '{}') AS trades, t.placeable
     FROM picked p LEFT JOIN lines l ON l.package_id = p.id LEFT JOIN tags t ON t.package_id = p.id ORDER BY p.id DESC`,
    [organisationId],
  );
}
