import type { Problem } from '../kernel/index.js';
import type { Tx } from '../platform/db/index.js';
import { NO_ORGANISATION } from '../platform/audit/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import type { RuleVersion } from './domain/index.js';
import { approvedProposals, type Proposal } from './proposal.repository.js';
import { amendRules, contentHash, readRules, type RuleFile } from './rule-files.js';
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
  if (!Array.isArray(read)) return read.problems;
  const law = amended(read, await approvedProposals(tx));
  return Array.isArray(law) ? enterVersions(tx, law, now) : law.problems;
}

/** Files and what was approved since, in the order of approval: an approval stands until it is retired. */
export function amended(
  versions: readonly RuleVersion[],
  approved: readonly Pick<Proposal, 'id' | 'source'>[],
): RuleVersion[] | { readonly problems: Problem[] } {
  let law = [...versions];
  for (const proposal of approved) {
    const step = amendRules(law, amendmentFile(proposal));
    if ('problems' in step) return step;
    // The files caught up: the same words for the same days are the same version already.
    if (!law.some(({ id }) => id === step.version.id)) law = step.versions;
  }
  return law;
}

/** A proposal as the rule file it stands for. */
export function amendmentFile({ id, source }: Pick<Proposal, 'id' | 'source'>): RuleFile {
  return { name: `amendments/${id}.yaml`, text: source };
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
  // The first law of an empty register changes nothing for anybody.
  if (current.length > 0) await tellChange(tx, report, at);
  return report;
}

async function tellChange(tx: Tx, { entered, closed }: RulesLoaded, at: Date): Promise<void> {
  await emit(tx, {
    type: 'rules.changed',
    organisationId: NO_ORGANISATION,
    subjectId: NO_ORGANISATION,
    payload: { entered, closed },
    at,
  });
}
