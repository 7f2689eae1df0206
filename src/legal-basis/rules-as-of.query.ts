import type { Day } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { Confidence, RuleSet, RuleVersion } from './domain/index.js';

interface VersionRow {
  version_id: string;
  rule_set: RuleSet;
  rule_key: string;
  valid_from: Day | null;
  valid_until: Day | null;
  citation: RuleVersion['citation'];
  confidence: Confidence;
  body: RuleVersion['body'];
  source_file: string;
}

const COLUMNS = `version_id, rule_set, rule_key, lower(valid)::text AS valid_from, upper(valid)::text AS valid_until,
  citation, confidence, body, source_file`;

function toVersion(row: VersionRow): RuleVersion {
  return {
    id: row.version_id,
    set: row.rule_set,
    key: row.rule_key,
    valid: { from: row.valid_from, until: row.valid_until },
    citation: row.citation,
    confidence: row.confidence,
    body: row.body,
    sourceFile: row.source_file,
  };
}

/** Every version held for true at an instant (now, when it is null), over all days. */
export async function versionsKnownAt(tx: Tx, knownAt: Date | null): Promise<RuleVersion[]> {
  const found = await rows<VersionRow>(
    tx,
    `SELECT ${COLUMNS} FROM legal_basis.rule_version
      WHERE CASE WHEN $1::timestamptz IS NULL THEN upper_inf(recorded) ELSE recorded @> $1::timestamptz END
      ORDER BY rule_set, rule_key, valid`,
    [knownAt],
  );
  return found.map(toVersion);
}

/** The versions in force on a day, as known at an instant (now, when it is null). */
export async function versionsInForce(tx: Tx, on: Day, knownAt: Date | null): Promise<RuleVersion[]> {
  const found = await rows<VersionRow>(
    tx,
    `SELECT ${COLUMNS} FROM legal_basis.rule_version
      WHERE valid @> $1::date
        AND CASE WHEN $2::timestamptz IS NULL THEN upper_inf(recorded) ELSE recorded @> $2::timestamptz END
      ORDER BY rule_set, rule_key`,
    [on, knownAt],
  );
  return found.map(toVersion);
}

/** A fingerprint of what is held for true now; null when no law was ever entered. Cheap: some hundred rows. */
export async function currentFingerprint(tx: Tx): Promise<string | null> {
  const row = await maybeRow<{ fingerprint: string | null }>(
    tx,
    `SELECT md5(string_agg(version_id::text, ',' ORDER BY version_id)) AS fingerprint
       FROM legal_basis.rule_version WHERE upper_inf(recorded)`,
  );
  return row?.fingerprint ?? null;
}

/** One version of a rule with the instants between which it was held for true. */
export interface RecordedVersion extends RuleVersion {
  readonly recordedFrom: Date;
  /** Null while it is held for true. */
  readonly recordedUntil: Date | null;
}

/** Everything ever entered of one rule, the latest knowledge first. */
export async function historyOfRule(tx: Tx, set: string, key: string): Promise<RecordedVersion[]> {
  const found = await rows<VersionRow & { recorded_from: Date; recorded_until: Date | null }>(
    tx,
    `SELECT ${COLUMNS}, lower(recorded) AS recorded_from, upper(recorded) AS recorded_until
       FROM legal_basis.rule_version WHERE rule_set = $1 AND rule_key = $2
      ORDER BY upper(recorded) DESC NULLS FIRST, lower(recorded) DESC, valid`,
    [set, key],
  );
  return found.map((row) => ({
    ...toVersion(row),
    recordedFrom: row.recorded_from,
    recordedUntil: row.recorded_until,
  }));
}
