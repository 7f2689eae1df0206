import { affected, type Tx } from '../platform/db/index.js';

/** Rows of one table that are kept for a time and then deleted. */
export interface Term {
  readonly table: string;
  /** The columns that name a row. */
  readonly key: string;
  /** In the words of docs/data-map.yaml, which are PostgreSQL's, too. */
  readonly kept: string;
  /** Which rows are over, in SQL over `held`. @param ago the moment that lies the term behind */
  readonly over: (ago: string) => string;
}

/** Every term of docs/data-map.yaml in hours, days or years that no room keeps by itself: a test compares. */
export const TERMS: readonly Term[] = [
  {
    table: 'platform.idempotency',
    key: 'person_id, key',
    kept: '24 hours',
    over: (ago) => `claimed_at < ${ago}`,
  },
  { table: 'platform.outbox_mail', key: 'id', kept: '30 days', over: (ago) => `sent_at < ${ago}` },
  { table: 'accounts.credential', key: 'id', kept: '1 day', over: (ago) => `replaced_at < ${ago}` },
  {
    table: 'accounts.session',
    key: 'id',
    kept: '1 day',
    over: (ago) => `least(idle_until, ends_at) < ${ago}`,
  },
  { table: 'accounts.sign_in_try', key: 'id', kept: '24 hours', over: (ago) => `tried_at < ${ago}` },
  {
    table: 'accounts.invitation',
    key: 'id',
    kept: '30 days',
    over: (ago) => `coalesce(accepted_at, expires_at) < ${ago}`,
  },
  {
    table: 'accounts.registration',
    key: 'id',
    kept: '30 days',
    over: (ago) => `coalesce(accepted_at, expires_at) < ${ago}`,
  },
  { table: 'tenders.trial', key: 'id', kept: '24 hours', over: (ago) => `made_at < ${ago}` },
  {
    table: 'tenders.import',
    key: 'id',
    kept: '90 days',
    over: (ago) => `received_at < ${ago}
      AND NOT EXISTS (SELECT FROM tenders.tender t WHERE t.import_id = held.id)
      AND NOT EXISTS (SELECT FROM tenders.package_change c WHERE c.replaced_import_id = held.id)
      AND NOT EXISTS (SELECT FROM tenders.description_draft d WHERE d.import_id = held.id)`,
  },
  // After its readings.
  {
    table: 'tenders.source_file',
    key: 'id',
    kept: '90 days',
    over: (ago) => `received_at < ${ago}
      AND NOT EXISTS (SELECT FROM tenders.import i WHERE i.source_file_id = held.id)`,
  },
  {
    table: 'matching.posting_change',
    key: 'by_transaction, enterprise_id',
    kept: '2 days',
    over: (ago) => `at < ${ago}`,
  },
  { table: 'answers.draft', key: 'id', kept: '90 days', over: (ago) => `saved_at < ${ago}` },
  // After the drafts they wait with.
  {
    table: 'answers.attachment',
    key: 'id',
    kept: '90 days',
    over: (ago) => `received_at < ${ago}
      AND NOT EXISTS (SELECT FROM answers.draft d WHERE d.package_id = held.package_id AND d.organisation_id = held.organisation_id)
      AND NOT EXISTS (SELECT FROM answers.answer a WHERE a.package_id = held.package_id AND upper_inf(a.recorded)
                       AND a.organisation_id = held.organisation_id AND held.id = ANY (a.attachment_ids))`,
  },
  { table: 'notifications.attempt', key: 'id', kept: '2 years', over: (ago) => `at < ${ago}` },
  {
    table: 'notifications.refused_address',
    key: 'id',
    kept: '2 years',
    over: (ago) => `(lifted_at IS NOT NULL OR refused_at < ${ago})`,
  },
];

/** Deletes up to `limit` rows whose term is over. As the system. @returns how many */
export function forgetOver(
  tx: Tx,
  { table, key, kept, over }: Term,
  now: Date,
  limit: number,
): Promise<number> {
  const rows = `SELECT ${key} FROM ${table} AS held WHERE ${over(`$1::timestamptz - interval '${kept}'`)} LIMIT $2`;
  return affected(tx, `DELETE FROM ${table} WHERE (${key}) IN (${rows})`, [now, limit]);
}
