import { rows, type Tx } from '../platform/db/index.js';
import type { OfferTried, Told } from './domain/index.js';

type ToldInJson = Omit<Told, 'toldAt' | 'answeredAt'> & {
  readonly toldAt: string | null;
  readonly answeredAt: string | null;
};

/**
 * What was offered on Maillon for an obligation: packages of the tender it comes from, and packages that were ever
 * planned for it. With each enterprise that was to be told, or answered: when its mail left, what it answered, and why not. The tender of a mail
 * finds it: under row security an index answers no question about arrays.
 */
const OFFERS_TRIED_SQL = `
  WITH offered AS (
    SELECT p.id, p.title, t.id AS tender_id, t.title AS tender_title, t.published_at, t.deadline, least(t.withdrawn_at, w.withdrawn_at) AS withdrawn_at,
           CASE t.clause->>'instrument' WHEN 'TRAINING' THEN 'training' ELSE 'subcontracting' END AS route
    FROM obligations.obligation o
    JOIN tenders.tender t ON t.organisation_id = o.organisation_id AND t.status <> 'draft'
    JOIN tenders.work_package p ON p.tender_id = t.id
    LEFT JOIN tenders.withdrawn_package w ON w.package_id = p.id
    WHERE o.id = $1 AND (p.offered OR w.package_id IS NOT NULL) AND (t.id = o.tender_id OR EXISTS (
      SELECT FROM obligations.ledger_entry e WHERE e.obligation_id = o.id AND e.package_id = p.id))
  ), told AS (
    SELECT f.id AS package_id, e.name AS enterprise,
           (SELECT min(coalesce(n.finished_at, n.created_at)) FROM notifications.notification n
             WHERE n.tender_id = f.tender_id AND n.package_ids @> ARRAY[f.id] AND n.organisation_id = e.id AND n.channel = 'mail'
               AND n.template IN ('tender-published', 'match-new') AND n.state IN ('handed', 'delivered')) AS told_at,
           a.kind AS answer, a.reason, lower(a.recorded) AS answered_at
    FROM offered f
    JOIN accounts.organisation e ON e.id IN (
      SELECT m.enterprise_organisation_id FROM matching.match m
       WHERE m.package_id = f.id AND m.verdict IN ('match', 'partial')
         AND tenders.may_hear(m.tender_id, m.enterprise_organisation_id)
         AND EXISTS (SELECT FROM matching.invitation i WHERE i.package_id = m.package_id AND i.enterprise_id = m.enterprise_id)
      UNION SELECT x.organisation_id FROM answers.answer x WHERE x.package_id = f.id)
    LEFT JOIN answers.answer a ON a.package_id = f.id AND a.organisation_id = e.id AND upper_inf(a.recorded)
  )
  SELECT f.id AS "packageId", f.title, f.tender_id AS "tenderId", f.tender_title AS "tenderTitle", f.route,
         f.published_at AS "publishedAt", f.deadline, f.withdrawn_at AS "withdrawnAt",
         coalesce((SELECT jsonb_agg(jsonb_build_object('enterprise', w.enterprise, 'toldAt', w.told_at, 'answer', w.answer,
                                                       'reason', w.reason, 'answeredAt', w.answered_at)
                                    ORDER BY w.told_at NULLS LAST, w.enterprise)
                   FROM told w WHERE w.package_id = f.id), '[]') AS told
  FROM offered f ORDER BY f.published_at, f.title, f.id`;

export async function offersTried(tx: Tx, obligationId: string): Promise<OfferTried[]> {
  const found = await rows<Omit<OfferTried, 'told'> & { readonly told: readonly ToldInJson[] }>(
    tx,
    OFFERS_TRIED_SQL,
    [obligationId],
  );
  return found.map((offer) => ({
    ...offer,
    told: offer.told.map((one) => ({
      ...one,
      toldAt: one.toldAt === null ? null : new Date(one.toldAt),
      answeredAt: one.answeredAt === null ? null : new Date(one.answeredAt),
    })),
  }));
}
