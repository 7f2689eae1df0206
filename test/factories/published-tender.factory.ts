import { rows, type Tx } from '../../src/platform/db/index.js';
import { newId } from '../../src/platform/ids.js';

/** What of a published tender a test cares about. */
export interface PublishedTender {
  readonly organisationId: string;
  readonly deadline: Date;
  readonly status?: 'draft' | 'published';
  readonly instrument?: 'SUBCON_SHARE' | 'TRAINING';
  /** Titles of its packages. */
  readonly packages: readonly string[];
  readonly isOffered?: boolean;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Puts a tender with its packages into the database, as the system. @returns ids */
export async function aPublishedTender(
  tx: Tx,
  given: PublishedTender,
): Promise<{ tenderId: string; packageIds: string[] }> {
  const now = new Date(given.deadline.getTime() - 20 * 86_400_000);
  const [file, opened, tender, lot] = [newId(now), newId(now), newId(now), newId(now)];
  const org = given.organisationId;
  const status = given.status ?? 'published';
  const run = (sql: string, params: readonly unknown[]) => rows(tx, sql, params);
  await run(
    `INSERT INTO tenders.source_file (id, organisation_id, sha256, name, size_bytes, content, received_at)
     VALUES ($1::uuid, $2, encode(sha256($1::text::bytea), 'hex'), 'a.json', 0, '', $3)`,
    [file, org, now],
  );
  await run(
    `INSERT INTO tenders.import (id, organisation_id, source_file_id, state, parsed, received_at)
     VALUES ($1, $2, $3, 'applied', '{}', $4)`,
    [opened, org, file, now],
  );
  await run(
    `INSERT INTO tenders.tender (id, organisation_id, import_id, status, version, title, place, buyer, clause, deadline,
                                 created_at, published_at)
     VALUES ($1, $2, $3, $4, 1, 'École communale', '{"sites": []}', $5, $6, $7, $8, $9)`,
    [
      tender,
      org,
      opened,
      status,
      JSON.stringify({ answers: {}, facts: given.facts ?? {} }),
      JSON.stringify({ instrument: given.instrument ?? 'SUBCON_SHARE', answer: {} }),
      given.deadline,
      now,
      status === 'draft' ? null : now,
    ],
  );
  await run(
    `INSERT INTO tenders.lot (id, organisation_id, tender_id, ordinal, ref, cpv, place, reserved)
     VALUES ($1, $2, $3, 1, 'L1', '{}', '{}', '{}')`,
    [lot, org, tender],
  );
  const packageIds: string[] = [];
  for (const [ordinal, title] of given.packages.entries()) {
    const id = newId(now);
    await run(
      `INSERT INTO tenders.work_package (id, organisation_id, tender_id, lot_id, ordinal, ref, title, confirmed, offered, mode,
                                         value, currency, sites, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8, 'works-or-service', 20000, 'EUR', '{}', 1)`,
      [id, org, tender, lot, ordinal, `P${ordinal}`, title, given.isOffered ?? true],
    );
    packageIds.push(id);
  }
  return { tenderId: tender, packageIds };
}

/** Puts an answer of an enterprise to a package into the database, as the system. @returns its id */
export async function anAnswer(
  tx: Tx,
  answer: {
    readonly organisationId: string;
    readonly contractorId: string;
    readonly tenderId: string;
    readonly packageId: string;
    readonly kind: 'full' | 'part' | 'team' | 'no';
    readonly at: Date;
  },
): Promise<string> {
  const id = newId(answer.at);
  await rows(
    tx,
    `INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind,
                                 reason, part, package_version, answered_by, recorded)
     VALUES ($1, $2, $3, $4, $5, $2, $6, $7, $8, 1, $2, tstzrange($9, NULL))`,
    [
      id,
      answer.organisationId,
      answer.contractorId,
      answer.tenderId,
      answer.packageId,
      answer.kind,
      answer.kind === 'no' ? 'no-capacity' : null,
      answer.kind === 'part' ? '600 m²' : null,
      answer.at,
    ],
  );
  return id;
}
