import { Injectable } from '@nestjs/common';
import type { Day, Problem } from '../kernel/index.js';
import type { Tx } from '../platform/db/index.js';
import type { LegalRules, RuleVersion } from './domain/index.js';
import { loadRules, type RulesLoaded } from './load-rules.js';
import { ruleFiles, toRules, type RuleFile } from './rule-files.js';
import {
  currentFingerprint,
  historyOfRule,
  versionsInForce,
  versionsKnownAt,
  type RecordedVersion,
} from './rules-as-of.query.js';

/** The law as it was known at an instant; without one, as it is known now. */
export interface Known {
  readonly knownAt?: Date | null;
}

/** The register of law: what it says, as known when, and how it changes. */
@Injectable()
export class LegalBasisService {
  private current: { readonly fingerprint: string | null; readonly rules: LegalRules } | null = null;

  /** Makes the law what the files of this release say; see `loadRules`. Only the system may. */
  load(tx: Tx, now: Date, files: readonly RuleFile[] = ruleFiles()): Promise<RulesLoaded | Problem[]> {
    return loadRules(tx, files, now);
  }

  /**
   * Every rule over all days, as known at an instant: the value that `clauseOptions`, `eligibility` and `gates` are
   * told. The law of now is kept in this process until the register changes.
   * @throws Error when no law was entered by then
   */
  async rulesAsOf(tx: Tx, { knownAt = null }: Known = {}): Promise<LegalRules> {
    if (knownAt !== null) return needed(await versionsKnownAt(tx, knownAt));
    const fingerprint = await currentFingerprint(tx);
    if (this.current === null || this.current.fingerprint !== fingerprint)
      this.current = { fingerprint, rules: needed(await versionsKnownAt(tx, null)) };
    return this.current.rules;
  }

  /** Everything ever entered of one rule: what was held for true when, the latest knowledge first. */
  historyOf(tx: Tx, set: string, key: string): Promise<RecordedVersion[]> {
    return historyOfRule(tx, set, key);
  }

  /** The versions in force on a day, for people to read. */
  versionsInForce(tx: Tx, on: Day, { knownAt = null }: Known = {}): Promise<RuleVersion[]> {
    return versionsInForce(tx, on, knownAt);
  }
}

function needed(versions: readonly RuleVersion[]): LegalRules {
  if (versions.length === 0) throw new Error('no law was entered: load the rule files first');
  return toRules(versions);
}
