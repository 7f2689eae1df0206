import { rows, type Tx } from '../platform/db/index.js';
import type { JudgedPackage } from './domain/index.js';

/** The newest ones: enough to tell whether a rule contradicts what people say. */
const MOST = 1000;

/** Packages whose findings a person confirmed, as far as the actor may read them. */
export function judgedPackages(tx: Tx): Promise<JudgedPackage[]> {
  return rows<JudgedPackage>(
    tx,
    `SELECT p.title,
       coalesce((SELECT jsonb_agg(jsonb_build_object('text', b.label, 'number', coalesce(b.catalogue_code, b.ref)) ORDER BY b.ordinal)
                 FROM tenders.bill_line b WHERE b.package_id = p.id),
                jsonb_build_array(jsonb_build_object('text', p.title, 'number', NULL))) AS texts,
       ARRAY(SELECT g.value FROM tagging.tag g
             WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed' ORDER BY g.value) AS trades,
       (SELECT g.value FROM tagging.tag g
        WHERE g.package_id = p.id AND g.kind = 'placeable' AND g.state = 'confirmed') AS placeable
     FROM tenders.work_package p WHERE p.confirmed ORDER BY p.id DESC LIMIT ${MOST}`,
    [],
  );
}
