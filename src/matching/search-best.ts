import { setImmediate as turn } from 'node:timers/promises';
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
 * @param register enterprises of the same world that are loaded already; others are added
 */
export class BestSearch {
  private readonly searches: readonly OpenSearch[];

  constructor(
    asked: readonly { readonly open: OpenPackage; readonly question: MatchQuestion }[],
    readonly wanted: number,
    private readonly world: SearchWorld,
    readonly register: Map<string, KnownEnterprise> = new Map(),
  ) {
    this.searches = asked.map(({ open, question }) => new OpenSearch(open, question, wanted + SPARE));
  }

  /** Asks for the first candidates and reads them; what is left to do is mostly thinking. */
  async begin(): Promise<this> {
    await this.look(this.searches);
    return this;
  }

  /** Thinks, and asks nothing of the database, so that something else can be asked meanwhile. */
  async evaluate(): Promise<void> {
    for (const search of this.searches) {
      search.evaluate(this.register);
      await turn();
    }
  }

  /** @returns at least the wanted best of each, and whoever else had to be evaluated to be sure */
  async finish(): Promise<readonly Search[]> {
    for (const search of this.searches) search.evaluate(this.register);
    let pending = this.searches.filter((search) => !search.isDone(this.wanted));
    while (pending.length > 0) {
      for (const search of pending) search.widen();
      await this.look(pending);
      for (const search of pending) search.evaluate(this.register);
      pending = pending.filter((search) => !search.isDone(this.wanted));
    }
    return this.searches;
  }

  private async look(searches: readonly OpenSearch[]): Promise<void> {
    for (const search of searches) await search.look(this.world);
    const unknown = searches.flatMap((search) => search.unseen()).filter((id) => !this.register.has(id));
    const ids = [...new Set(unknown)];
    for (const found of ids.length === 0 ? [] : await this.world.load(ids))
      this.register.set(found.enterprise.id, found);
  }
}
