import { cpvCovers, cpvDepth, type Cpv } from '../../../kernel/index.js';
import { areInOneGroup } from '../trade-groups.js';
import type { Weights } from '../weights.js';
import { criterion, type Criterion, type MatchQuestion } from '../criterion.js';

export interface TradeFinding {
  readonly criterion: Criterion;
  /** Trades of the package that the activity has. */
  readonly covered: readonly Cpv[];
  /** 1 for the same code, less for each level between the two; 0 when nothing fits. */
  readonly closeness: number;
}

/** Deepest minus shallowest level of the vocabulary. */
const LEVELS = 6;

/** How near two codes are: by the levels between them on one line of the hierarchy, or as trades of one group; 0 for neither. */
export function tradeCloseness(asked: Cpv, declared: Cpv, weights: Weights): number {
  if (cpvCovers(asked, declared) || cpvCovers(declared, asked))
    return 1 - Math.abs(cpvDepth(asked) - cpvDepth(declared)) / (LEVELS + 1);
  return areInOneGroup(weights.tradeGroups, asked, declared) ? weights.groupCloseness : 0;
}

interface Hit {
  readonly trade: Cpv;
  readonly code: Cpv;
  readonly closeness: number;
}

/** The declared code that is nearest; of several the smallest. */
function closestTo(trade: Cpv, declared: readonly Cpv[], weights: Weights): Hit {
  let [code, closeness] = ['', 0];
  for (const one of declared) {
    const near = tradeCloseness(trade, one, weights);
    if (near > closeness || (near === closeness && near > 0 && one < code)) [code, closeness] = [one, near];
  }
  return { trade, code, closeness };
}

/** A trade fits when the declared code is the one asked, above it or below it in the vocabulary, or of its trade group. */
export function tradeCriterion(
  { package: asked, weights }: MatchQuestion,
  declared: readonly Cpv[],
): TradeFinding {
  const hits = asked.trades
    .map((trade) => closestTo(trade, declared, weights))
    .filter(({ closeness }) => closeness > 0);
  const covered = hits.map(({ trade }) => trade);
  const required = asked.trades.join(asked.allTrades ? ' + ' : ' / ');
  if (hits.length === 0) {
    const actual = declared.slice(0, 5).join(', ');
    return { criterion: criterion('trade', 'fail', 'none', { required, actual }), covered, closeness: 0 };
  }
  const isPart = asked.allTrades && hits.length < asked.trades.length;
  const actual = [...new Set(hits.map(({ code }) => code))].join(', ');
  const best = Math.max(...hits.map(({ closeness }) => closeness));
  const closeness = asked.allTrades ? hits.reduce((sum, hit) => sum + hit.closeness, 0) / hits.length : best;
  const isGroupOnly = hits.every((hit) => !cpvCovers(hit.trade, hit.code) && !cpvCovers(hit.code, hit.trade));
  const code = isPart ? 'some' : best === 1 ? 'same' : isGroupOnly ? 'group' : 'related';
  const params = { count: hits.length, total: asked.trades.length };
  return {
    criterion: criterion('trade', 'pass', code, {
      required,
      actual,
      params,
      extent: isPart ? 'part' : 'full',
    }),
    covered,
    closeness,
  };
}
