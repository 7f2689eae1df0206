import { createHash } from 'node:crypto';
import type { ClauseFacts } from '../legal-basis/index.js';
import { canonicalJson, type Plain } from '../platform/audit/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { PackageToMatch } from './domain/index.js';
import type { OpenPackage } from './matching-run.js';

/** Keeps a package as it is put to enterprises; the same content is kept once. @returns its name */
export async function keepAsked(
  tx: Tx,
  { package: asked, facts, organisationId }: OpenPackage,
): Promise<string> {
  const digest = createHash('sha256')
    .update(canonicalJson({ asked, facts } as unknown as Plain))
    .digest('hex');
  await rows(
    tx,
    `INSERT INTO matching.asked (package_id, digest, organisation_id, package, facts) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (package_id, digest) DO NOTHING`,
    [asked.id, digest, organisationId, JSON.stringify(asked), facts && JSON.stringify(facts)],
  );
  return digest;
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
