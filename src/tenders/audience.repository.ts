import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { Tender, Visibility } from './domain/index.js';

/** Keeps who hears of a tender. Those invited are kept with the organisation they belong to; who is not registered is not kept. */
export async function keepAudience(
  tx: Tx,
  { id, organisationId }: Pick<Tender, 'id' | 'organisationId'>,
  visibility: Visibility,
  invited: readonly string[],
): Promise<void> {
  await tx.query('DELETE FROM tenders.audience WHERE tender_id = $1', [id]);
  await tx.query('DELETE FROM tenders.invited WHERE tender_id = $1', [id]);
  if (visibility !== 'eligible')
    await tx.query('INSERT INTO tenders.audience (tender_id, organisation_id, kind) VALUES ($1, $2, $3)', [
      id,
      organisationId,
      visibility,
    ]);
  await tx.query(
    `INSERT INTO tenders.invited (tender_id, enterprise_id, organisation_id, enterprise_organisation_id)
     SELECT $1, e.id, $2, e.organisation_id FROM registry.enterprise e WHERE e.id = ANY ($3::uuid[])`,
    [id, organisationId, invited],
  );
}

/** A tender that anybody may read, with what is offered of it. */
export interface PublicTender {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly contractor: string;
  readonly municipality: string | null;
  readonly postalCode: string | null;
  readonly deadline: Date;
  readonly publishedAt: Date;
  /** What can still be taken; of one that is over, all that was offered. */
  readonly packages: readonly PublicPackage[];
  /** Answers are still taken, for some of it. */
  readonly isOpen: boolean;
}

export interface PublicPackage {
  readonly title: string;
  /** CPV codes the contractor confirmed. */
  readonly trades: readonly string[];
  readonly hoursMin: string | null;
  readonly hoursMax: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

/** What somebody can still take. */
const OPEN = `p.tender_id = t.id AND p.offered AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)`;

/** Says itself what row security says too: published, and for anybody. */
const PUBLIC_SQL = `
  SELECT t.id, t.title, t.description, t.language, o.name AS contractor, t.place->>'municipality' AS municipality,
         t.place->>'postalCode' AS "postalCode", t.deadline, t.published_at AS "publishedAt",
         (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'title', p.title, 'hoursMin', p.hours_min::text, 'hoursMax', p.hours_max::text,
                   'startsOn', p.starts_on, 'endsOn', p.ends_on,
                   'trades', (SELECT coalesce(jsonb_agg(g.value ORDER BY g.value), '[]') FROM tagging.tag g
                               WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed'))
                 ORDER BY p.ordinal, p.id), '[]')
            FROM tenders.work_package p WHERE p.tender_id = t.id AND p.offered AND (NOT state.open OR ${OPEN})) AS packages, state.open AS "isOpen"
    FROM tenders.tender t
    JOIN tenders.audience a ON a.tender_id = t.id AND a.kind = 'public'
    JOIN accounts.organisation o ON o.id = t.organisation_id
    CROSS JOIN LATERAL (
      SELECT t.deadline > $1 AND EXISTS (SELECT FROM tenders.work_package p WHERE ${OPEN}) AS open
    ) state
   WHERE t.status = 'published'`;

/** Those still open to answers, the next deadline first. */
export function publicTenders(tx: Tx, now: Date, limit: number): Promise<PublicTender[]> {
  return rows<PublicTender>(tx, `${PUBLIC_SQL} AND state.open ORDER BY t.deadline, t.id LIMIT $2`, [
    now,
    limit,
  ]);
}

/** Open to answers or over: its address is a permanent one. */
export async function publicTender(tx: Tx, id: string, now: Date): Promise<PublicTender | null> {
  const [found] = await rows<PublicTender>(tx, `${PUBLIC_SQL} AND t.id = $2`, [now, id]);
  return found ?? null;
}

/** A tender that its contractor opened to everybody, whether it still is open to answers or not. */
export interface OpenedTender extends Omit<PublicTender, 'packages' | 'isOpen'> {
  readonly contractorId: string;
  readonly version: number;
  readonly isWithdrawn: boolean;
  readonly packages: readonly (Pick<PublicPackage, 'title' | 'trades' | 'startsOn' | 'endsOn'> & {
    readonly id: string;
  })[];
}

/**
 * Those published in a period, days in Brussels, half-open; oldest first. What was not offered is not told.
 * @param after continue after this tender: when something was published never changes
 */
export function openedTenders(
  tx: Tx,
  { from, until }: { readonly from: Day; readonly until: Day },
  after: string | null,
  limit: number,
): Promise<OpenedTender[]> {
  return rows<OpenedTender>(
    tx,
    `SELECT t.id, t.title, t.description, t.language, t.version, o.id AS "contractorId", o.name AS contractor,
            t.place->>'municipality' AS municipality, t.place->>'postalCode' AS "postalCode", t.deadline,
            t.published_at AS "publishedAt", t.status = 'withdrawn' AS "isWithdrawn",
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'id', p.id, 'title', p.title, 'startsOn', p.starts_on, 'endsOn', p.ends_on,
                      'trades', (SELECT coalesce(jsonb_agg(g.value ORDER BY g.value), '[]') FROM tagging.tag g
                                  WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed'))
                    ORDER BY p.ordinal, p.id), '[]')
               FROM tenders.work_package p WHERE p.tender_id = t.id AND p.offered) AS packages
     FROM tenders.tender t
     JOIN tenders.audience a ON a.tender_id = t.id AND a.kind = 'public'
     JOIN accounts.organisation o ON o.id = t.organisation_id
     WHERE t.status <> 'draft' AND t.published_at >= $1::timestamp AT TIME ZONE 'Europe/Brussels'
       AND t.published_at < $2::timestamp AT TIME ZONE 'Europe/Brussels'
       AND ($3::uuid IS NULL
            OR (t.published_at, t.id) > (SELECT last.published_at, last.id FROM tenders.tender last WHERE last.id = $3))
     ORDER BY t.published_at, t.id LIMIT $4`,
    [from, until, after, limit],
  );
}
