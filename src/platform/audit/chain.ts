import { createHash } from 'node:crypto';
import { canonicalJson, type Plain } from './canonical-json.js';

/** Before the first entry of a chain. */
export const GENESIS = '0'.repeat(64);

/** The content of an entry, as its hash covers it. */
export interface ChainContent {
  readonly organisationId: string;
  readonly seq: number;
  /** To the microsecond, as the database keeps it: `2026-11-24T10:00:00.000000Z`. */
  readonly at: string;
  readonly actor: string | null;
  readonly actorRole: string;
  readonly requestId: string;
  readonly action: string;
  readonly subjectId: string | null;
  readonly details: Plain;
  readonly commitment: string | null;
}

export function toMicroseconds(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Hash of an entry: over the hash before it and its own content, in canonical JSON. */
export function entryHash(previous: string, content: ChainContent): string {
  return sha256(canonicalJson({ ...content, previous }));
}

/** What stands in the chain for personal values: nothing can be read from it once the values are erased. */
export function commitmentTo(salt: string, personal: Plain): string {
  return sha256(canonicalJson({ salt, personal }));
}
