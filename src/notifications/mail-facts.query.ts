import type { Day, Decimal } from '../kernel/index.js';
import { withCriteria, type AsWritten, type Criterion } from '../matching/domain/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { Claim } from './ledger.repository.js';

/** What a mail says of one package. */
export interface PackageFacts {
  readonly id: string;
  readonly title: string;
  readonly trades: readonly string[];
  readonly hoursMin: Decimal | null;
  readonly hoursMax: Decimal | null;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  /** Null where the mail is not about a match. */
  readonly criteria: readonly Criterion[] | null;
}

/** What a mail says of the tender. */
export interface TenderFacts {
  readonly id: string;
  readonly title: string;
  readonly contractor: string;
  readonly municipality: string | null;
  readonly postalCode: string | null;
  readonly deadline: Date | null;
  readonly withdrawalReason: string | null;
  /** The chosen clause; null when none is. */
  readonly clause: {
    /** What people may call it, as a key of the catalogue. */
    readonly labelKey: string;
    /** In the languages in which the law itself is authentic; null when no law is applied. */
    readonly citation: { readonly fr: string; readonly nl: string } | null;
    readonly mainContract: string | null;
  } | null;
}

export interface MailFacts {
  readonly tender: TenderFacts;
  readonly packages: readonly PackageFacts[];
}

/** A package with the tender that it is of. */
export interface OfferFacts {
  readonly tender: TenderFacts;
  readonly work: PackageFacts;
}

const TENDER_SQL = `
  SELECT t.id, t.title, contractor.name AS contractor, t.place->>'municipality' AS municipality,
         t.place->>'postalCode' AS "postalCode", t.deadline, t.withdrawal_reason AS "withdrawalReason",
         (SELECT jsonb_build_object('labelKey', option->'labelKey', 'citation', option->'citation',
                                    'mainContract', t.buyer->'facts'->'mainContract')
            FROM jsonb_array_elements(t.clause->'answer'->'options') option
           WHERE option->>'instrument' = t.clause->>'instrument' AND option->>'basis' = t.clause->>'basis'
           LIMIT 1) AS clause
    FROM tenders.tender t JOIN accounts.organisation contractor ON contractor.id = t.organisation_id
   WHERE t.id = $1`;

/** For an enterprise ($2) only what matches it; packages in the order of the tender. */
const PACKAGES_SQL = `
  SELECT p.id, p.tender_id AS "tenderId", p.title, p.hours_min AS "hoursMin", p.hours_max AS "hoursMax", p.starts_on::text AS "startsOn",
         p.ends_on::text AS "endsOn", m.criteria,
         ARRAY(SELECT g.value FROM tagging.tag g
                WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state <> 'rejected'
                ORDER BY g.state = 'confirmed' DESC, g.confidence DESC, g.value LIMIT 3) AS trades
    FROM tenders.work_package p
    LEFT JOIN LATERAL (SELECT criteria FROM matching.match m
                        WHERE m.package_id = p.id AND m.enterprise_organisation_id = $2 AND upper_inf(m.recorded)
                          AND m.verdict IN ('match', 'partial')
                        ORDER BY m.rank LIMIT 1) m ON true
   WHERE p.id = ANY($1) AND p.offered AND (m.criteria IS NOT NULL OR NOT $3)
   ORDER BY p.ordinal`;

/** Until when packages may be answered, in the order asked. */
export function deadlinesOf(
  tx: Tx,
  packageIds: readonly string[],
): Promise<{ readonly packageId: string; readonly deadline: Date }[]> {
  return rows(
    tx,
    `SELECT p.id AS "packageId", t.deadline
       FROM unnest($1::uuid[]) WITH ORDINALITY AS about (id, place)
       JOIN tenders.work_package p ON p.id = about.id JOIN tenders.tender t ON t.id = p.tender_id
      ORDER BY about.place`,
    [packageIds],
  );
}

/** Offers of several tenders, in the order asked. */
export async function offersFacts(
  tx: Tx,
  organisationId: string,
  packageIds: readonly string[],
): Promise<OfferFacts[]> {
  const found = await rows<AsWritten<PackageFacts & { tenderId: string }>>(tx, PACKAGES_SQL, [
    packageIds,
    organisationId,
    true,
  ]);
  const works = new Map(
    withCriteria<PackageFacts & { tenderId: string }>(found).map((work) => [work.id, work]),
  );
  const tenders = new Map<string, TenderFacts>();
  for (const id of new Set([...works.values()].map(({ tenderId }) => tenderId))) {
    const tender = await maybeRow<TenderFacts>(tx, TENDER_SQL, [id]);
    if (tender) tenders.set(id, tender);
  }
  return packageIds.flatMap((id) => {
    const work = works.get(id);
    const tender = work && tenders.get(work.tenderId);
    return work && tender ? [{ work, tender }] : [];
  });
}

/** Read at the moment of sending, so that a mail never says what is no longer so. Null: the tender is gone. */
export async function mailFacts(tx: Tx, claim: Claim): Promise<MailFacts | null> {
  const tender = await maybeRow<TenderFacts>(tx, TENDER_SQL, [claim.tenderId]);
  if (!tender) return null;
  const isOffer = claim.template === 'tender-published' || claim.template === 'match-new';
  const packages =
    claim.packageIds.length === 0
      ? []
      : await rows<AsWritten<PackageFacts>>(tx, PACKAGES_SQL, [
          claim.packageIds,
          claim.organisationId,
          isOffer,
        ]);
  return { tender, packages: withCriteria<PackageFacts>(packages) };
}

/** What an offer would say of packages that are not offered to anybody yet, with why each fits. */
export async function draftFacts(
  tx: Tx,
  tenderId: string,
  criteria: ReadonlyMap<string, readonly Criterion[]>,
): Promise<MailFacts | null> {
  const tender = await maybeRow<TenderFacts>(tx, TENDER_SQL, [tenderId]);
  if (!tender) return null;
  const packages = await rows<AsWritten<PackageFacts>>(tx, PACKAGES_SQL, [[...criteria.keys()], null, false]);
  return { tender, packages: packages.map((item) => ({ ...item, criteria: criteria.get(item.id) ?? null })) };
}

/** What the figures of a receipt are: how many enterprises hear of the tender at once. */
export async function enterprisesToTell(tx: Tx, tenderId: string): Promise<number> {
  const row = await maybeRow<{ count: number }>(
    tx,
    `SELECT count(DISTINCT organisation_id)::int AS count FROM notifications.notification
      WHERE tender_id = $1 AND template IN ('tender-published', 'match-new') AND state NOT IN ('cancelled', 'superseded')`,
    [tenderId],
  );
  return row?.count ?? 0;
}
