import type { Ask } from './answers.js';
import type { Confidence } from './facts.js';
import { weaker } from './in-force.js';
import { remembered } from './remembered.js';
import type { Rule } from './rules.js';

/** What an answer leaves behind while it is made: the rules it used, and what a person must look at. */
export interface Trail {
  readonly asks: Ask[];
  /** Each once, in the order in which they were used. */
  readonly rules: Rule[];
  confidence: Confidence;
}

export function newTrail(): Trail {
  return { asks: [], rules: [], confidence: 'sourced' };
}

const asked = remembered((_about: object, code: string, params: Ask['params']): Ask => ({ code, params }));

/**
 * Leaves a question to a person. What is asked in many answers is the same object in all of them.
 * @param about the rule, or the law of the day, that the parameters follow from; with `detail`, where there is more
 */
export function ask(
  trail: Trail,
  about: object,
  code: string,
  params: Ask['params'] = {},
  detail = '',
): void {
  trail.asks.push(asked(about, detail === '' ? code : `${code} ${detail}`, code, params));
}

/** The same, for what hangs on a day: there are too many to keep them. */
export function askOnce(trail: Trail, code: string, params: Ask['params']): void {
  trail.asks.push({ code, params });
}

/** Notes a rule that is shown with the answer, and that nothing hangs on. */
export function show(trail: Trail, rule: Rule): void {
  if (!trail.rules.includes(rule)) trail.rules.push(rule);
}

/** Notes a rule the answer hangs on. One that is not sourced never decides alone: a person is asked, once. */
export function rely(trail: Trail, rule: Rule): void {
  if (trail.rules.includes(rule)) return;
  trail.rules.push(rule);
  if (rule.confidence === 'sourced') return;
  trail.confidence = weaker(trail.confidence, rule.confidence);
  ask(trail, rule, WEAK[rule.confidence], { rule: rule.key });
}

const WEAK = { recalled: 'rule.recalled', uncertain: 'rule.uncertain' } as const;
