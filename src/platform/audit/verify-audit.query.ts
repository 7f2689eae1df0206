import { rows, type Tx } from '../db/index.js';
import { canonicalJson, type Plain } from './canonical-json.js';
import { commitmentTo, entryHash, GENESIS, sha256, type ChainContent } from './chain.js';

/** The end of every chain at a moment, to be kept outside the database: it shows what was cut off later. */
export interface PublishedHead {
  /** sha-256 over `chains`. */
  readonly head: string;
  readonly chains: readonly {
    readonly organisationId: string;
    readonly seq: number;
    readonly hash: string;
  }[];
}

export interface AuditBreak {
  readonly organisationId: string;
  readonly seq: number;
  readonly reason: 'gap' | 'link' | 'content' | 'personal' | 'cut' | 'head';
}

export interface AuditVerdict {
  readonly entries: number;
  readonly head: string;
  readonly firstBreak: AuditBreak | null;
}

interface EntryRow {
  organisation_id: string;
  seq: string;
  at: string;
  actor: string | null;
  actor_role: string;
  request_id: string;
  action: string;
  subject_id: string | null;
  details: Plain;
  commitment: string | null;
  previous: string;
  hash: string;
  salt: string | null;
  personal: Plain | null;
}

interface Link {
  organisationId: string;
  seq: number;
  hash: string;
}

const BATCH = 5000;

/**
 * Reads every chain from its beginning, while others may append to it. Runs as the system.
 * @param published a head kept elsewhere: whatever it names must still be there, under the same hash
 */
export async function verifyAudit(tx: Tx, published: PublishedHead | null = null): Promise<AuditVerdict> {
  const known = new Known([...(published?.chains ?? []), ...(await headRows(tx))]);
  const ends = new Map<string, Link>();
  let entries = 0;
  let broken = published !== null && published.head !== headOf(published.chains) ? PUBLISHED_FORGED : null;
  for await (const row of allEntries(tx)) {
    const organisationId = row.organisation_id;
    const before = ends.get(organisationId) ?? { organisationId, seq: 0, hash: GENESIS };
    broken ??= breakAt(row, before, known);
    ends.set(organisationId, { organisationId, seq: Number(row.seq), hash: row.hash });
    entries += 1;
  }
  broken ??= known.firstCutOff(ends);
  return { entries, head: headOf([...ends.values()]), firstBreak: broken };
}

const PUBLISHED_FORGED: AuditBreak = { organisationId: '', seq: 0, reason: 'head' };

/** Links that must be found in the chains: those published before, and the ends when the reading began. */
class Known {
  private readonly hashes = new Map<string, string[]>();

  constructor(private readonly links: readonly Link[]) {
    for (const link of links) {
      const key = `${link.organisationId}/${link.seq}`;
      this.hashes.set(key, [...(this.hashes.get(key) ?? []), link.hash]);
    }
  }

  contradicts(organisationId: string, seq: number, hash: string): boolean {
    return this.hashes.get(`${organisationId}/${seq}`)?.some((other) => other !== hash) ?? false;
  }

  firstCutOff(ends: ReadonlyMap<string, Link>): AuditBreak | null {
    for (const { organisationId, seq } of this.links) {
      const end = ends.get(organisationId)?.seq ?? 0;
      if (end < seq) return { organisationId, seq: end + 1, reason: 'cut' };
    }
    return null;
  }
}

/** The end of every chain now. */
export async function publishedHead(tx: Tx): Promise<PublishedHead> {
  const chains = await headRows(tx);
  return { head: headOf(chains), chains };
}

function headOf(chains: readonly Link[]): string {
  const sorted = chains
    .map(({ organisationId, seq, hash }) => ({ organisationId, seq, hash }))
    .sort((a, b) => (a.organisationId < b.organisationId ? -1 : 1));
  return sha256(canonicalJson(sorted));
}

function breakAt(row: EntryRow, before: Link, known: Known): AuditBreak | null {
  const seq = Number(row.seq);
  const at = (reason: AuditBreak['reason']): AuditBreak => ({
    organisationId: row.organisation_id,
    seq,
    reason,
  });
  if (seq !== before.seq + 1) return at('gap');
  if (row.previous !== before.hash) return at('link');
  if (hashOf(row) !== row.hash) return at('content');
  if (row.salt !== null && commitmentTo(row.salt, row.personal ?? {}) !== row.commitment)
    return at('personal');
  if (known.contradicts(row.organisation_id, seq, row.hash)) return at('head');
  return null;
}

/** Null when the content is none that we could have written. */
function hashOf(row: EntryRow): string | null {
  const content: ChainContent = {
    organisationId: row.organisation_id,
    seq: Number(row.seq),
    at: row.at,
    actor: row.actor,
    actorRole: row.actor_role,
    requestId: row.request_id,
    action: row.action,
    subjectId: row.subject_id,
    details: row.details,
    commitment: row.commitment,
  };
  try {
    return entryHash(row.previous, content);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

async function headRows(tx: Tx): Promise<Link[]> {
  const found = await rows<{ organisation_id: string; seq: string; hash: string }>(
    tx,
    `SELECT organisation_id, seq, hash FROM platform.audit_head WHERE seq > 0 ORDER BY organisation_id`,
  );
  return found.map((row) => ({ organisationId: row.organisation_id, seq: Number(row.seq), hash: row.hash }));
}

async function* allEntries(tx: Tx): AsyncGenerator<EntryRow> {
  let after: readonly [string, string] = ['00000000-0000-0000-0000-000000000000', '0'];
  for (;;) {
    const batch = await rows<EntryRow>(tx, ENTRIES_SQL, [...after, BATCH]);
    yield* batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    after = [last.organisation_id, last.seq];
  }
}

const ENTRIES_SQL = `
  SELECT e.organisation_id, e.seq,
         to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.actor, e.actor_role, e.request_id, e.action, e.subject_id,
         e.details, e.commitment, e.previous, e.hash, p.salt, p.content AS personal
  FROM platform.audit_entry e
  LEFT JOIN platform.audit_personal p USING (organisation_id, seq)
  WHERE (e.organisation_id, e.seq) > ($1::uuid, $2::bigint)
  ORDER BY e.organisation_id, e.seq
  LIMIT $3`;
