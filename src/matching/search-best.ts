import {
  evaluateEnterprise,
  probeOf,
  scoreOfEvaluation,
  type Evaluation,
  type MatchQuestion,
  type Probe,
} from './domain/index.js';
import type { Candidate } from './find-candidates.query.js';
import type { KnownEnterprise, OpenPackage } from './matching-run.js';

/** What was found for one package. */
export interface Search {
  readonly open: OpenPackage;
  readonly question: MatchQuestion;
  readonly evaluations: readonly Evaluation[];
  readonly enterprises: Map<string, KnownEnterprise>;
}

export interface SearchWorld {
  find(probe: Probe, limit: number): Promise<readonly Candidate[]>;
  load(ids: readonly string[]): Promise<readonly KnownEnterprise[]>;
}

/** Bounds are close to scores: a few more than wanted nearly always suffice. */
const SPARE = 14;
const WIDENED = 4;

class OpenSearch implements Search {
  readonly evaluated = new Map<string, Evaluation>();
  readonly enterprises = new Map<string, KnownEnterprise>();
  private readonly probe: Probe;
  private candidates: readonly Candidate[] = [];

  constructor(
    readonly open: OpenPackage,
    readonly question: MatchQuestion,
    private limit: number,
  ) {
    this.probe = probeOf(question);
  }

  get evaluations(): readonly Evaluation[] {
    return [...this.evaluated.values()];
  }

  async look(world: SearchWorld): Promise<void> {
    this.candidates = await world.find(this.probe, this.limit);
  }

  unseen(): string[] {
    return this.candidates.map(({ enterpriseId }) => enterpriseId).filter((id) => !this.evaluated.has(id));
  }

  evaluate(register: ReadonlyMap<string, KnownEnterprise>): void {
    for (const id of this.unseen()) {
      const found = register.get(id);
      if (!found) continue;
      this.enterprises.set(id, found);
      this.evaluated.set(id, evaluateEnterprise(this.question, found.enterprise, found.standing));
    }
  }

  /** No candidate left out can be among the wanted: the last of them scores above what remains could. */
  isDone(wanted: number): boolean {
    if (this.candidates.length < this.limit) return true;
    const scores = this.evaluations.flatMap((one) =>
      one.fit === 'none' ? [] : [scoreOfEvaluation(this.question, one)],
    );
    const last = scores.sort((a, b) => b - a)[wanted - 1];
    return last !== undefined && last > this.candidates.at(-1)!.bound;
  }

  widen(): void {
    this.limit *= WIDENED;
  }
}

/**
 * The best of each package, exactly: candidates come by the bound of their score, the domain evaluates them, and the
 * search widens until no bound that is left reaches the last score wanted. Packages share what is loaded.
 * @returns at least the `wanted` best of each, and whoever else had to be evaluated to be sure
 */
export async function searchBest(
  asked: readonly { readonly open: OpenPackage; readonly question: MatchQuestion }[],
  wanted: number,
  world: SearchWorld,
): Promise<readonly Search[]> {
  const register = new Map<string, KnownEnterprise>();
  const searches = asked.map(({ open, question }) => new OpenSearch(open, question, wanted + SPARE));
  let pending = searches;
  while (pending.length > 0) {
    for (const search of pending) await search.look(world);
    const unknown = pending.flatMap((search) => search.unseen()).filter((id) => !register.has(id));
    const ids = [...new Set(unknown)];
    for (const found of ids.length === 0 ? [] : await world.load(ids))
      register.set(found.enterprise.id, found);
    for (const search of pending) search.evaluate(register);
    pending = pending.filter((search) => !search.isDone(wanted));
    for (const search of pending) search.widen();
  }
  return searches;
}
