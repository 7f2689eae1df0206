/** What happens to a row when its person is erased. */
export type Fate =
  /** Gone. */
  | 'deleted'
  /** The row stays, what names the person is taken out. */
  | 'emptied'
  /** A record of the organisation, or proof the law asks for: it stays, and says of nobody whose it was. */
  | 'kept';

/** The headings under which a person reads what is held on them. */
export const HOLDING_GROUPS = [
  'account',
  'access',
  'invitations',
  'mails',
  'requests',
  'traces',
  'work',
] as const;
export type HoldingGroup = (typeof HOLDING_GROUPS)[number];

/** Rows of one table that are of or about a person. */
export interface Holding {
  readonly table: string;
  readonly group: HoldingGroup;
  /** Columns that name somebody by id. Only the person's own id is given out. */
  readonly people: readonly string[];
  /** Columns given out beside them. */
  readonly values: readonly string[];
  /** Personal columns that are about somebody else, or prove who somebody is. */
  readonly withheld?: readonly string[];
  /** Which rows, in SQL over `held` and `subject` (id, email); those whose `people` name the person when absent. */
  readonly who?: string;
  readonly fate: Fate;
}

const BY_ADDRESS = 'lower(held.email) = subject.email';
const kept = (table: string, people: readonly string[], values: readonly string[]): Holding => ({
  table,
  group: 'work',
  people,
  values,
  fate: 'kept',
});
const deleted = (
  table: string,
  group: HoldingGroup,
  people: readonly string[],
  values: readonly string[],
  who?: string,
): Holding => ({ table, group, people, values, fate: 'deleted', ...(who === undefined ? {} : { who }) });

/**
 * Everything held on a person, once: the export reads it, the erasure follows it. A test compares it with docs/data-map.yaml: a
 * column tagged personal that has no place here is refused.
 */
export const HOLDINGS: readonly Holding[] = [
  {
    table: 'accounts.person',
    group: 'account',
    people: ['id'],
    values: ['email', 'name', 'language', 'organisation_role', 'created_at', 'disabled_at'],
    fate: 'emptied',
  },
  deleted('accounts.erasure', 'account', ['person_id'], ['asked_at', 'due_at']),
  deleted('accounts.identity', 'access', ['person_id'], ['issuer', 'subject', 'created_at']),
  deleted('accounts.credential', 'access', ['person_id'], ['kind', 'created_at', 'replaced_at']),
  deleted('accounts.session', 'access', ['person_id'], ['device', 'created_at', 'seen_at', 'ends_at']),
  deleted('accounts.password_reset', 'access', ['person_id'], ['asked_at', 'expires_at', 'used_at']),
  deleted(
    'accounts.api_token',
    'access',
    ['person_id'],
    ['name', 'scopes', 'created_at', 'expires_at', 'used_at', 'revoked_at'],
  ),
  deleted('accounts.feed_link', 'access', ['person_id'], ['created_at', 'used_at', 'hour', 'opened']),
  deleted(
    'accounts.invitation',
    'invitations',
    [],
    ['email', 'name', 'created_at', 'accepted_at'],
    BY_ADDRESS,
  ),
  deleted(
    'accounts.registration',
    'invitations',
    [],
    ['email', 'name', 'asked_at', 'accepted_at'],
    BY_ADDRESS,
  ),
  {
    ...deleted(
      'platform.outbox_mail',
      'mails',
      [],
      ['recipient', 'subject', 'sent_at'],
      'lower(held.recipient) = subject.email',
    ),
    // The text and the headers hold links that act for the person: to a new password, to stop mails.
    withheld: ['headers'],
  },
  deleted('notifications.refused_address', 'mails', [], ['email', 'detail', 'refused_at'], BY_ADDRESS),
  deleted('notifications.stopped_list', 'mails', ['person_id'], ['list', 'stopped_at']),
  deleted(
    'notifications.mail_wish',
    'mails',
    ['person_id'],
    ['rhythm', 'quiet_from', 'quiet_until', 'is_chosen'],
  ),
  {
    table: 'notifications.attempt',
    group: 'mails',
    people: [],
    values: ['at', 'outcome', 'detail'],
    who: `EXISTS (SELECT FROM notifications.notification n WHERE n.id = held.notification_id AND n.recipient_id = subject.id)`,
    fate: 'emptied',
  },
  {
    ...kept('notifications.notification', ['recipient_id'], ['template', 'channel', 'created_at', 'read_at']),
    group: 'mails',
  },
  deleted('platform.idempotency', 'requests', ['person_id'], ['key', 'claimed_at']),
  deleted(
    'platform.audit_personal',
    'traces',
    [],
    ['content'],
    `lower(held.content->>'email') = subject.email`,
  ),
  {
    ...kept('platform.audit_entry', [], ['at', 'action', 'subject_id']),
    group: 'traces',
    who: 'held.actor = (SELECT a.pseudonym FROM platform.actor_pseudonym a WHERE a.person_id = subject.id)',
  },
  deleted('platform.actor_pseudonym', 'traces', ['person_id'], []),
  kept('legal_basis.proposal', ['proposed_by', 'decided_by'], ['id', 'proposed_at', 'decided_at']),
  kept('registry.enterprise_version', ['recorded_by'], ['id', 'recorded']),
  kept('registry.approval_document', ['received_by'], ['id', 'received_at']),
  kept('tenders.source_file', ['received_by'], ['id', 'received_at']),
  kept('tenders.shared_file', ['added_by'], ['id', 'added_at']),
  kept('tenders.tender_version', ['recorded_by'], ['id', 'recorded']),
  kept('tenders.column_layout', ['decided_by', 'revoked_by'], ['id', 'decided_at', 'revoked_at']),
  kept('tenders.buyer_draft', ['answered_by'], ['tender_id', 'question', 'answered_at']),
  deleted('tenders.description_draft', 'work', ['described_by'], ['id', 'kept_at']),
  kept('tenders.package_change', ['done_by'], ['id', 'kind', 'done_at']),
  kept('tenders.deadline_change', ['changed_by'], ['id', 'changed_at']),
  kept('tenders.withdrawn_package', ['withdrawn_by'], ['package_id', 'withdrawn_at']),
  kept('tagging.tag', ['decided_by'], ['id', 'recorded_at']),
  kept(
    'tagging.rule',
    ['taught_by', 'accepted_by', 'ended_by'],
    ['id', 'taught_at', 'accepted_at', 'ended_at'],
  ),
  kept('answers.answer', ['answered_by'], ['id', 'kind', 'recorded']),
  kept('answers.attachment', ['received_by'], ['id', 'received_at']),
  kept('answers.draft', ['saved_by'], ['id', 'saved_at']),
  kept('answers.team', ['created_by'], ['id', 'created_at']),
  kept('answers.question', ['asked_by'], ['id']),
  kept('answers.clarification', ['said_by'], ['id']),
  kept('answers.decision', ['decided_by'], ['id', 'state', 'recorded']),
  kept('obligations.obligation', ['created_by'], ['id', 'created_at']),
  kept('obligations.debt', ['recorded_by'], ['id', 'recorded']),
  kept('obligations.ledger_entry', ['recorded_by'], ['id', 'recorded']),
  kept('obligations.confirmation', ['said_by'], ['id', 'recorded']),
  { ...kept('obligations.attempt', ['recorded_by'], ['id', 'recorded_at']), withheld: ['contacted'] },
];

const SUBJECT = 'WITH subject (id, email) AS (VALUES ($1::uuid, $2::text))';

export function selectSql({ table, people, values, who }: Holding): string {
  const own = people.map(
    (column) => `CASE WHEN held.${column} = subject.id THEN held.${column} END AS ${column}`,
  );
  const columns = [...own, ...values.map((column) => `held.${column}`)];
  return `${SUBJECT} SELECT ${columns.join(', ')} FROM ${table} AS held, subject WHERE ${condition(people, who)}`;
}

/** How many rows there are under each heading, in one statement. */
export const COUNTS_SQL = `${SUBJECT} SELECT "group", sum(rows)::int AS count FROM (
  ${HOLDINGS.map(
    ({ table, group, people, who }) =>
      `SELECT '${group}' AS "group", count(*) AS rows FROM ${table} AS held, subject WHERE ${condition(people, who)}`,
  ).join(' UNION ALL ')}) counted GROUP BY "group"`;

export function deleteSql({ table, people, who }: Holding): string {
  return `${SUBJECT} DELETE FROM ${table} AS held USING subject WHERE ${condition(people, who)}`;
}

function condition(people: readonly string[], who?: string): string {
  return who ?? `subject.id IN (${people.map((column) => `held.${column}`).join(', ')})`;
}
