import { createHash } from 'node:crypto';
import type { ClauseFacts } from '../legal-basis/index.js';
import { canonicalJson, type Plain } from '../platform/audit/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { PackageToMatch } from './domain/index.js';
import type { OpenPackage } from './matching-run.js';

/** Keeps packages as they are put to enterprises; the same content is kept once. @returns the name of each */
export async function keepAsked(tx: Tx, opens: readonly OpenPackage[]): Promise<ReadonlyMap<string, string>> {
  const kept = opens.map(({ package: asked, facts, organisationId }) => ({
    packageId: asked.id,
    digest: createHash('sha256')
      .update(canonicalJson({ asked, facts } as unknown as Plain))
      .digest('hex'),
    organisationId,
    asked,
    facts,
  }));
  await rows(
    tx,
    `INSERT INTO matching.asked (package_id, digest, organisation_id, package, facts)
     SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS a ("packageId" uuid, "digest" text, "organisationId" uuid, "asked" jsonb, "facts" jsonb)
     ON CONFLICT (package_id, digest) DO NOTHING`,
    [JSON.stringify(kept)],
  );
  return new Map(kept.map(({ packageId, digest }) => [packageId, digest]));
}

/** A package as it was put to enterprises. */
export function askedBy(
  tx: Tx,
  packageId: string,
  digest: string,
): Promise<{ readonly package: PackageToMatch; readonly facts: ClauseFacts | null } | null> {
  return maybeRow(tx, 'SELECT package, facts FROM matching.asked WHERE package_id = $1 AND digest = $2', [
    packageId,
    digest,
  ]);
}
