import type { Tx } from '../platform/db/index.js';
import type { UptakePeriod } from './domain/index.js';
import { markedPackages } from './kept-stages.repository.js';
import { acts, KIND_COLUMNS, KIND_STAGES, PACKAGE_COLUMNS, packageStages, stageAt } from './stages.query.js';

/** So many packages are asked of what they follow from within a second or two; of more, the answer would come too late. */
const MOST_ASKED = 200;

/**
 * How far each published package came, one row per package; the start of every question about uptake. Every package of a
 * published tender counts, offered or not: what could have been placed, not only what was.
 */
export interface Staged {
  /** Whether kept rows alone are asked: no package is marked. */
  readonly isAllKept: boolean;
  /** Whether it is asked what was known on a day that is over. */
  readonly isPast: boolean;
  /** `staged`, a row per package. `stage` is the number of the last figure that counts it, in the order of the path. */
  readonly packages: string;
  /** `by_kind`, a row for each kind of enterprise that came into a package, after `packages`. */
  readonly kinds: string;
  /**
   * $1, $2 days of publication in Brussels, half-open; $3 the last day whose knowledge counts, or null for all that is
   * known; $4 packages that are marked and asked of what they follow from.
   */
  readonly params: readonly unknown[];
}

/**
 * Published packages that the figures leave out because so many are marked that they could not be asked in time: after
 * all was marked, or a change of the law. The worker counts them within minutes. Ask it in the transaction of the figures.
 */
export async function beingCounted(tx: Tx): Promise<number> {
  const { count } = await markedPackages(tx, 1);
  return count > MOST_ASKED ? count : 0;
}

/** What the questions of this moment start from: as exact while something is being written as afterwards. */
export async function stagedNow(tx: Tx, { from, until, known }: UptakePeriod): Promise<Staged> {
  const { ids, count } = await markedPackages(tx, MOST_ASKED);
  const isPast = known !== null;
  const asked = count > MOST_ASKED ? [] : ids;
  return { isAllKept: count === 0, isPast, ...textsOf(isPast, count), params: [from, until, known, asked] };
}

function textsOf(isPast: boolean, marked: number): Pick<Staged, 'packages' | 'kinds'> {
  const areAsked = marked > 0 && marked <= MOST_ASKED;
  const rowsOf = (table: string, columns: string, stages: string): string => {
    const kept = `SELECT ${columns} FROM monitoring.${table} k`;
    if (marked === 0) return kept;
    return areAsked
      ? `${kept} WHERE package_id <> ALL ($4::uuid[]) UNION ALL (${stages})`
      : `${kept} WHERE NOT EXISTS (SELECT FROM monitoring.marked_package m WHERE m.package_id = k.package_id)`;
  };
  const period = `
    published_at >= $1::timestamp AT TIME ZONE 'Europe/Brussels' AND published_at < $2::timestamp AT TIME ZONE 'Europe/Brussels'
    ${isPast ? 'AND published_at <= known' : ''}`;
  const stage = isPast ? stageAt('known') : 'stage';
  return {
    packages: `
      ${areAsked ? `${acts('$4')},` : ''} moment AS (
        SELECT coalesce((($3::date + 1)::timestamp AT TIME ZONE 'Europe/Brussels') - interval '1 microsecond', 'infinity') AS known,
               $4::uuid[] AS marked
      ), staged AS (
        SELECT package_id AS id, published_at, organisation_id AS contractor, trade, municipality, basis, origin, ${stage}, placeable, judged, offered,
               deadline, withdrawn_at, no_reasons, no_recorded, decision_states, decision_reasons, decision_terms, decision_recorded
        FROM (${rowsOf('package_stage', PACKAGE_COLUMNS, packageStages('$4'))}) s ${isPast ? 'CROSS JOIN moment' : ''} WHERE ${period}
      )`,
    kinds: `
      by_kind AS (
        SELECT package_id AS id, published_at, kind, ${stage}
        FROM (${rowsOf('kind_stage', KIND_COLUMNS, KIND_STAGES)}) s ${isPast ? 'CROSS JOIN moment' : ''}
        WHERE ${period}
      )`,
  };
}

/**
 * A page of packages with what was published of them, newest publication first. The page is picked before anything else is
 * read: `from` names rows with `id` and `published_at`.
 * @param size @param offset parameters
 */
export const packagesOfPage = (from: string, size: string, offset: string): string => `
  SELECT t.title AS tender, p.ref, p.title, t.place->>'municipality' AS municipality,
         (picked.published_at AT TIME ZONE 'Europe/Brussels')::date::text AS "publishedOn"
  FROM (SELECT s.id, s.published_at FROM ${from} ORDER BY s.published_at DESC, s.id LIMIT ${size} OFFSET ${offset}) picked
  JOIN tenders.work_package p ON p.id = picked.id JOIN tenders.tender t ON t.id = p.tender_id
  ORDER BY picked.published_at DESC, p.tender_id, p.ordinal`;
