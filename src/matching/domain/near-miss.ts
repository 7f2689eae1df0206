import type { Activity } from '../../registry/domain/index.js';
import { tradeCriterion } from './criteria/trade.js';
import { evaluateEnterprise, type Evaluation } from './evaluate-enterprise.js';
import type { MatchQuestion } from './criterion.js';
import { isNearTrade, PROPOSERS, type Change, type SmallestChange } from './propose-changes.js';

/** Activities that are looked at one by one, and pairs of changes that are told: as many as a person reads. */
const [MOST_ACTIVITIES, MOST_PAIRS] = [20, 3];

/** A proposal, and what the criteria say once it is done. */
interface Step {
  readonly change: Change;
  readonly size: number;
  readonly question: MatchQuestion;
  readonly made: Evaluation;
}

/**
 * The changes that would make this failed pair a match, whole or in part, each seen to work by evaluating it again: of each sort
 * the smallest. Where no single one does, two that do together. What nobody can change is never proposed.
 * @returns none when it is not a near miss
 */
export function smallestChanges(question: MatchQuestion, miss: Evaluation): readonly SmallestChange[] {
  if (miss.fails.length === 0 || miss.fails.some(({ changeableBy }) => changeableBy === 'nobody')) return [];
  const views = viewsOf(question, miss);
  const single = views.flatMap((view) => stepsFrom(question, view)).filter(fits);
  if (single.length > 0) return smallestOfEach(single);
  return pairsFrom(question, views);
}

function fits({ made }: Step): boolean {
  return made.fit !== 'none';
}

/**
 * One activity after the other, as if the enterprise had no other: what one of them can do, all together can. Of activities
 * for other trades nothing is said. Members that add up what they have are looked at together as well.
 */
function viewsOf(question: MatchQuestion, { enterprise, standing }: Evaluation): readonly Evaluation[] {
  const activities = [...enterprise.activities, ...enterprise.members.flatMap((member) => member.activities)]
    .filter((activity) => concerns(question, activity))
    .map((activity) => ({ activity, name: JSON.stringify(activity) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MOST_ACTIVITIES);
  const single = activities.map(({ activity }) =>
    evaluateEnterprise(question, { ...enterprise, activities: [activity], members: [] }, standing),
  );
  return enterprise.members.length > 0
    ? [...single, evaluateEnterprise(question, enterprise, standing)]
    : single;
}

function concerns(question: MatchQuestion, { trades }: Activity): boolean {
  return tradeCriterion(question, trades).covered.length > 0 || isNearTrade(question.package, trades);
}

function stepsFrom(question: MatchQuestion, miss: Evaluation): readonly Step[] {
  const proposals = miss.fails.flatMap(({ key }) => PROPOSERS[key]?.(question, miss.enterprise, miss) ?? []);
  return proposals.map(({ enterprise, package: asked, change, size }) => {
    const changed = asked ? { ...question, package: asked } : question;
    return {
      change,
      size,
      question: changed,
      made: evaluateEnterprise(changed, enterprise ?? miss.enterprise, miss.standing),
    };
  });
}

function nameOf({ because, changeableBy }: Change): string {
  return JSON.stringify([because.code, because.params, changeableBy]);
}

/** In the order of the criteria that fail. */
function smallestOfEach(steps: readonly Step[]): readonly SmallestChange[] {
  return [...Map.groupBy(steps, ({ change }) => change.because.code).values()].map(
    (alike) =>
      alike.toSorted((a, b) => a.size - b.size || (nameOf(a.change) < nameOf(b.change) ? -1 : 1))[0]!.change,
  );
}

/** The second change is proposed to what the first has made of the pair, so that none undoes the other. */
function pairsFrom(question: MatchQuestion, views: readonly Evaluation[]): readonly SmallestChange[] {
  const found = views
    .filter(({ fails }) => fails.length <= 2)
    .flatMap((view) => stepsFrom(question, view))
    .filter(({ made }) => made.fails.length <= 1)
    .flatMap((first) =>
      stepsFrom(first.question, first.made)
        .filter(fits)
        .map((second) => ({ pair: [first, second] as const, size: first.size + second.size })),
    );
  // The same two in the other order are the same.
  const kinds = Map.groupBy(found, ({ pair }) =>
    pair
      .map(({ change }) => change.because.code)
      .sort()
      .join(' '),
  );
  return [...kinds.values()].slice(0, MOST_PAIRS).map((alike): SmallestChange => {
    const [least] = alike
      .map((one) => ({
        ...one,
        name: one.pair
          .map(({ change }) => nameOf(change))
          .sort()
          .join(' '),
      }))
      .sort((a, b) => a.size - b.size || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const [first, second] = least!.pair;
    return { ...first.change, and: second.change };
  });
}
