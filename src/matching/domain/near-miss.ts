import { evaluateEnterprise, type Evaluation } from './evaluate-enterprise.js';
import type { MatchQuestion } from './criterion.js';
import { PROPOSERS, type SmallestChange } from './propose-changes.js';

/**
 * The single changes that would make this failed pair a match, each seen to work by evaluating it again. What
 * nobody can change is never proposed.
 * @returns none when it is not a near miss
 */
export function smallestChanges(question: MatchQuestion, miss: Evaluation): readonly SmallestChange[] {
  if (miss.fails.length === 0 || miss.fails.some(({ changeableBy }) => changeableBy === 'nobody')) return [];
  const hypotheses = miss.fails.flatMap(({ key }) => PROPOSERS[key]?.(question, miss.enterprise, miss) ?? []);
  return hypotheses
    .filter(({ enterprise, package: asked }) => {
      const changed = asked ? { ...question, package: asked } : question;
      return evaluateEnterprise(changed, enterprise ?? miss.enterprise, miss.standing).fit !== 'none';
    })
    .map(({ change }) => change);
}
