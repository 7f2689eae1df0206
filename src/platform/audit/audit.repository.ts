import { randomBytes, randomUUID } from 'node:crypto';
import { maybeRow, rows, type Tx } from '../db/index.js';
import { canonicalJson, type Plain } from './canonical-json.js';
import { commitmentTo, entryHash, GENESIS, toMicroseconds } from './chain.js';

/** The chain of what concerns no organisation in particular. */
export const NO_ORGANISATION = '00000000-0000-0000-0000-000000000000';

export interface AuditEntry {
  /** Whose affair it is: its chain takes the entry. */
  readonly organisationId: string;
  /** Dotted, in the past: `tender.read`, `session.started`. */
  readonly action: string;
  readonly subjectId: string | null;
  /** Nothing personal and nothing secret: it can never be erased. */
  readonly details?: { readonly [name: string]: Plain };
  /** Kept beside the chain, which holds a salted commitment to it only; can be erased. */
  readonly personal?: { readonly [name: string]: Plain };
  readonly at: Date;
}

interface Acting {
  role: string;
  person: string | null;
  request: string;
}

/**
 * Appends to the chain of the organisation, in the name of whoever the transaction acts for. It commits or
 * rolls back with what it tells of. Chains of one organisation wait for each other until then: call it last.
 */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  const acting = await whoActs(tx);
  const actor = acting.person === null ? null : await pseudonymOf(tx, acting.person);
  const salt = entry.personal === undefined ? null : randomBytes(16).toString('hex');
  const head = await takeHead(tx, entry.organisationId);
  const content = {
    organisationId: entry.organisationId,
    seq: head.seq + 1,
    at: toMicroseconds(entry.at),
    actor,
    actorRole: acting.role,
    requestId: acting.request,
    action: entry.action,
    subjectId: entry.subjectId,
    details: entry.details ?? {},
    commitment: salt === null ? null : commitmentTo(salt, entry.personal ?? {}),
  };
  const hash = entryHash(head.hash, content);
  await rows(
    tx,
    `INSERT INTO platform.audit_entry (organisation_id, seq, at, actor, actor_role, request_id, action,
                                       subject_id, details, commitment, previous, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      content.organisationId,
      content.seq,
      content.at,
      content.actor,
      content.actorRole,
      content.requestId,
      content.action,
      content.subjectId,
      canonicalJson(content.details),
      content.commitment,
      head.hash,
      hash,
    ],
  );
  await rows(tx, `UPDATE platform.audit_head SET seq = $2, hash = $3 WHERE organisation_id = $1`, [
    entry.organisationId,
    content.seq,
    hash,
  ]);
  if (salt !== null) await keepPersonal(tx, content.organisationId, content.seq, salt, entry.personal ?? {});
}

function keepPersonal(tx: Tx, organisationId: string, seq: number, salt: string, personal: Plain) {
  return rows(
    tx,
    `INSERT INTO platform.audit_personal (organisation_id, seq, salt, content) VALUES ($1, $2, $3, $4)`,
    [organisationId, seq, salt, canonicalJson(personal)],
  );
}

async function whoActs(tx: Tx): Promise<Acting> {
  const row = await maybeRow<Acting>(
    tx,
    `SELECT platform.actor_role() AS role, platform.actor_person() AS person,
            coalesce(nullif(current_setting('maillon.request_id', true), ''), 'none') AS request`,
  );
  return row ?? { role: 'anonymous', person: null, request: 'none' };
}

/** The end of a chain, locked until the transaction ends: the next number is nobody else's. */
async function takeHead(tx: Tx, organisationId: string): Promise<{ seq: number; hash: string }> {
  await rows(
    tx,
    `INSERT INTO platform.audit_head (organisation_id, seq, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING`,
    [organisationId, GENESIS],
  );
  const head = await maybeRow<{ seq: string; hash: string }>(
    tx,
    `SELECT seq, hash FROM platform.audit_head WHERE organisation_id = $1 FOR UPDATE`,
    [organisationId],
  );
  return { seq: Number(head?.seq ?? 0), hash: head?.hash ?? GENESIS };
}

/** The name a person has in the chains; made when they first act. */
export async function pseudonymOf(tx: Tx, personId: string): Promise<string> {
  await rows(
    tx,
    `INSERT INTO platform.actor_pseudonym (person_id, pseudonym) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [personId, randomUUID()],
  );
  const row = await maybeRow<{ pseudonym: string }>(
    tx,
    `SELECT pseudonym FROM platform.actor_pseudonym WHERE person_id = $1`,
    [personId],
  );
  if (!row) throw new Error('a person acts in another name than the transaction');
  return row.pseudonym;
}

/**
 * Forgets who a person was and what was kept about them beside their own entries. The chains stay whole.
 * Only the system may.
 */
export async function forgetActor(tx: Tx, personId: string): Promise<void> {
  await rows(
    tx,
    `DELETE FROM platform.audit_personal p USING platform.audit_entry e, platform.actor_pseudonym a
     WHERE a.person_id = $1 AND e.actor = a.pseudonym
       AND p.organisation_id = e.organisation_id AND p.seq = e.seq`,
    [personId],
  );
  await rows(tx, `DELETE FROM platform.actor_pseudonym WHERE person_id = $1`, [personId]);
}
