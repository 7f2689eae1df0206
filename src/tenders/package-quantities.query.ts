import type { Decimal } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/** How much work a package is, in short. */
export interface PackageQuantity {
  readonly packageId: string;
  readonly lines: number;
  /** The sum, where all lines count in one unit and are asked for as they stand; null otherwise. */
  readonly sum: { readonly quantity: Decimal; readonly unit: string } | null;
}

export function packageQuantities(tx: Tx, packageIds: readonly string[]): Promise<PackageQuantity[]> {
  return rows<PackageQuantity>(
    tx,
    `SELECT package_id AS "packageId", count(*)::int AS lines,
            CASE WHEN count(DISTINCT coalesce(unit_norm, unit)) = 1 AND count(unit) = count(*) AND count(quantity) = count(*)
                   AND bool_and(coalesce(kind, 'base') = 'base' AND NOT variant)
              THEN jsonb_build_object('quantity', sum(quantity)::text, 'unit', min(unit)) END AS sum
       FROM tenders.bill_line WHERE package_id = ANY ($1) GROUP BY package_id`,
    [packageIds],
  );
}
