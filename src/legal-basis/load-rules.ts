import type { Problem } from '../kernel/index.js';
import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { RuleVersion } from './domain/index.js';
import { contentHash, readRules, type RuleFile } from './rule-files.js';
import {
  closeRows,
  currentRows,
  insertRows,
  instantOfLoad,
  lockForLoading,
} from './rule-version.repository.js';

/** What a load did: versions that were entered, that are no longer held for true, and that stayed as they were. */
export interface RulesLoaded {
  readonly entered: number;
  readonly closed: number;
  readonly kept: number;
}

/**
 * Makes the law in the database what the files say, within the caller's transaction. A correction closes what was
 * held for true and enters a new version; what is unchanged is not touched, so a second load does nothing.
 * @param now instant from which the change is known
 * @returns every problem with its file and line when a file is not acceptable; the law in force then stays
 */
export async function loadRules(
  tx: Tx,
  files: readonly RuleFile[],
  now: Date,
): Promise<RulesLoaded | Problem[]> {
  const read = readRules(files);
  return Array.isArray(read) ? enterVersions(tx, read, now) : read.problems;
}

/** Same as `loadRules`, for versions that were checked. */
export async function enterVersions(
  tx: Tx,
  versions: readonly RuleVersion[],
  now: Date,
): Promise<RulesLoaded> {
  await lockForLoading(tx);
  const current = await currentRows(tx);
  const wanted = new Set(versions.map((version) => `${version.id} ${version.sourceFile}`));
  const held = new Set(current.map((row) => `${row.version_id} ${row.source_file}`));
  const closed = current.filter((row) => !wanted.has(`${row.version_id} ${row.source_file}`));
  const entered = versions.filter((version) => !held.has(`${version.id} ${version.sourceFile}`));
  const report = { entered: entered.length, closed: closed.length, kept: current.length - closed.length };
  if (entered.length + closed.length === 0) return report;
  const at = await instantOfLoad(tx, now);
  await closeRows(
    tx,
    closed.map((row) => row.id),
    at,
  );
  await insertRows(
    tx,
    entered.map((version) => ({ ...version, rowId: newId(at), contentHash: contentHash(version) })),
    at,
  );
  return report;
}
