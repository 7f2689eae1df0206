import type { Ask } from './answers.js';
import type { Confidence } from './facts.js';
import { weaker } from './in-force.js';
import type { Rule } from './rules.js';

/** What an answer leaves behind while it is made: the versions it used, and what a person must look at. */
export interface Trail {
  readonly asks: Ask[];
  readonly versions: Set<string>;
  confidence: Confidence;
}

export function newTrail(): Trail {
  return { asks: [], versions: new Set(), confidence: 'sourced' };
}

export function ask(trail: Trail, code: string, params: Ask['params'] = {}): void {
  trail.asks.push({ code, params });
}

/** Notes a rule the answer hangs on. One that is not sourced never decides alone: a person is asked, once. */
export function rely(trail: Trail, rule: Rule): void {
  if (trail.versions.has(rule.versionId)) return;
  trail.versions.add(rule.versionId);
  if (rule.confidence === 'sourced') return;
  trail.confidence = weaker(trail.confidence, rule.confidence);
  ask(trail, `rule.${rule.confidence}`, { rule: rule.key });
}
