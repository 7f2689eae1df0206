import { rows, type Tx } from '../platform/db/index.js';
import type { EvidenceSpan, PlaceableLabel, SaidBefore } from './domain/index.js';
import { TagRow, type TagKind, type TagOrigin, type TagState } from './tag.entity.js';

/** A finding on a package, with who or what found it and whether a person agreed. */
export interface Tag {
  readonly packageId: string;
  readonly kind: TagKind;
  readonly value: string;
  readonly confidence: number;
  readonly accepted: boolean;
  readonly evidence: readonly EvidenceSpan[];
  readonly parts: readonly string[];
  readonly reasons: readonly string[];
  readonly origin: TagOrigin;
  /** The rule that says so, in words: whose it is, and the words it looks for. */
  readonly rule: { readonly id: string; readonly pattern: string; readonly taughtBy: string | null } | null;
  readonly state: TagState;
}

/** What a tag says, without what it rests on. */
export type Finding = Omit<Tag, 'evidence' | 'parts' | 'rule'>;

/**
 * What is found of packages and stands, for lists of thousands: in one piece, which is read in half the time of as many rows, and
 * put in order here, a few of each package instead of all at once. Of each, what is confirmed comes first, then rules, then the surest.
 */
export async function briefTagsOf(
  tx: Tx,
  packageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  // None of it holds a tab, a comma or the end of a line: codes and words of lists.
  const [found] = await rows<{ tags: string | null }>(
    tx,
    `SELECT string_agg(package_id || E'\\t' || kind || E'\\t' || value || E'\\t' || confidence || E'\\t' || accepted || E'\\t' || origin
       || E'\\t' || state || E'\\t' || array_to_string(reasons, ','), E'\\n') AS tags
     FROM tagging.tag WHERE package_id = ANY ($1) AND state <> 'rejected'`,
    [packageIds],
  );
  const tags = found?.tags?.split('\n').map(readFinding) ?? [];
  const byPackage = Map.groupBy(tags, ({ packageId }) => packageId);
  for (const some of byPackage.values()) some.sort(byStanding);
  return byPackage;
}

function readFinding(line: string): Finding {
  const [packageId, kind, value, confidence, accepted, origin, state, reasons] = line.split('\t');
  return {
    packageId: packageId!,
    kind: kind as TagKind,
    value: value!,
    confidence: Number(confidence),
    accepted: accepted === 'true',
    origin: origin as TagOrigin,
    state: state as TagState,
    reasons: reasons === '' ? [] : reasons!.split(','),
  };
}

function byStanding(a: Finding, b: Finding): number {
  return (
    Number(b.state === 'confirmed') - Number(a.state === 'confirmed') ||
    Number(b.origin === 'rule') - Number(a.origin === 'rule') ||
    b.confidence - a.confidence ||
    (a.value < b.value ? -1 : 1)
  );
}

/** Tags of many packages in one question; of each, the verdict first, then trades, the surest first. */
export function tagsOf(tx: Tx, packageIds: readonly string[]): Promise<Tag[]> {
  return rows<Tag>(
    tx,
    `SELECT g.package_id AS "packageId", g.kind, g.value, g.confidence::float8 AS confidence, g.accepted, g.evidence, g.parts,
       g.reasons, g.origin, g.state,
       CASE WHEN g.rule_id IS NOT NULL THEN
         jsonb_build_object('id', g.rule_id, 'pattern', r.pattern, 'taughtBy', person.name) END AS rule
     FROM tagging.tag g LEFT JOIN tagging.rule r ON r.id = g.rule_id
     LEFT JOIN accounts.person person ON person.id = r.taught_by
     WHERE g.package_id = ANY ($1)
     ORDER BY g.package_id, g.kind, g.state = 'rejected', g.state <> 'confirmed', g.origin <> 'rule', g.confidence DESC, g.value`,
    [packageIds],
  );
}

export async function insertTags(tx: Tx, tags: readonly TagRow[]): Promise<void> {
  for (let from = 0; from < tags.length; from += 1000) {
    await tx.getRepository(TagRow).insert(tags.slice(from, from + 1000) as never);
  }
}

/** Findings as they are stored, to be put back as they were. */
export function tagRowsOf(tx: Tx, packageIds: readonly string[]): Promise<TagRow[]> {
  return tx
    .getRepository(TagRow)
    .createQueryBuilder('t')
    .where('t.package_id = ANY (:packageIds)', { packageIds })
    .getMany();
}

/** Forgets what was found on packages whose lines are others now. */
export async function deleteTags(tx: Tx, packageIds: readonly string[]): Promise<void> {
  await tx.query(`DELETE FROM tagging.tag WHERE package_id = ANY ($1)`, [packageIds]);
}

/** What people decided on packages, from their tags as they are stored, by package. */
export function saidBefore(tags: readonly TagRow[]): ReadonlyMap<string, SaidBefore> {
  const said = tags.filter(
    ({ state, origin }) => state === 'confirmed' || (state === 'proposed' && origin === 'person'),
  );
  return new Map(
    [...Map.groupBy(said, ({ packageId }) => packageId)].map(([packageId, own]) => [
      packageId,
      {
        trades: own.filter(({ kind }) => kind === 'trade').map(({ value }) => value),
        placeable: (own.find(({ kind }) => kind === 'placeable')?.value ?? null) as PlaceableLabel | null,
      },
    ]),
  );
}

export interface Decision {
  readonly packageId: string;
  readonly kind: TagKind;
  /** The values a person holds for right; every other value of this kind is rejected. */
  readonly values: readonly string[];
  readonly by: string;
  readonly at: Date;
}

/** Rejects what a person left out. Comes before confirming, since one verdict holds at a time. */
export async function rejectOthers(tx: Tx, decision: Decision): Promise<void> {
  await tx.query(
    `UPDATE tagging.tag SET state = 'rejected', decided_by = $4, recorded_at = $5
     WHERE package_id = $1 AND kind = $2 AND NOT value = ANY ($3) AND state <> 'rejected'`,
    [decision.packageId, decision.kind, decision.values, decision.by, decision.at],
  );
}

/** Confirms a value, adding it when the machine had not thought of it. */
export async function confirmTag(
  tx: Tx,
  row: Pick<TagRow, 'id' | 'organisationId'>,
  decision: Decision,
  value: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO tagging.tag (id, organisation_id, package_id, kind, value, confidence, accepted, evidence, origin, state, decided_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, 1, true, '[]', 'person', 'confirmed', $6, $7)
     ON CONFLICT ON CONSTRAINT tag_once DO UPDATE SET state = 'confirmed', decided_by = $6, recorded_at = $7`,
    [row.id, row.organisationId, decision.packageId, decision.kind, value, decision.by, decision.at],
  );
}
