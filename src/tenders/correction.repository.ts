import { rows, type Tx } from '../platform/db/index.js';
import type { BillLineRow } from './bill-line.entity.js';

/** Far above what one lot holds: lines out of the way while positions change. */
const ASIDE = 1_000_000;

export type LineUpdate = Omit<BillLineRow, 'organisationId' | 'lotId' | 'packageId' | 'unassignedReason'>;

/** Moves every standing line of the tender out of the way of the positions that are given next. */
export async function setLinesAside(tx: Tx, tenderId: string): Promise<void> {
  await tx.query(
    `UPDATE tenders.bill_line b SET ordinal = b.ordinal + $2 FROM tenders.lot l
     WHERE l.id = b.lot_id AND l.tender_id = $1 AND b.unassigned_reason IS DISTINCT FROM 'removed'`,
    [tenderId, ASIDE],
  );
}

/** Writes what the corrected document says of lines that stay, in one statement. */
export async function rewriteLines(tx: Tx, updates: readonly LineUpdate[]): Promise<void> {
  const changed = await rows(
    tx,
    `UPDATE tenders.bill_line b SET ordinal = u.ordinal, ref = u.ref, catalogue_code = u."catalogueCode", label = u.label,
       unit = u.unit, unit_norm = u."unitNorm", quantity = u.quantity, nature = u.nature, kind = u.kind, section = u.section,
       zone = u.zone, unit_price = u."unitPrice", total = u.total, currency = u.currency, variant = u.variant,
       place = u.place
     FROM jsonb_to_recordset($1) AS u(id uuid, ordinal int, ref text, "catalogueCode" text, label text, unit text,
       "unitNorm" text, quantity numeric, nature text, kind text, section text[], zone text, "unitPrice" numeric, total numeric,
       currency text, variant boolean, place jsonb)
     WHERE b.id = u.id RETURNING b.id`,
    [JSON.stringify(updates)],
  );
  if (changed.length !== updates.length) throw new Error('a line of a correction is gone');
}
