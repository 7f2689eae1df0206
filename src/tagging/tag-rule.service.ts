import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { tradeGroup, type Numbering } from '../tenders/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { benchLines } from './bench-lines.js';
import {
  contradictedBy,
  isPattern,
  measureRule,
  TaughtRules,
  tradeOfLine,
  type RuleMeasure,
  type TagRule,
} from './domain/index.js';
import { judgedPackages } from './judged-packages.query.js';
import { loadTagModel } from './files/load-model.js';
import { LINES_LOOKED_AT, storedLabels } from './stored-lines.query.js';
import {
  acceptRule,
  endRule,
  insertRule,
  ruleById,
  rulesForEverybody,
  rulesInForce,
} from './tag-rule.repository.js';

/** What a person wants to be done from now on. */
export type TaughtRule = Omit<TagRule, 'id'>;

export interface RuleTrial {
  readonly measure: RuleMeasure;
  /** Rules in force that say something else of the same words. */
  readonly contradicted: readonly TagRule[];
  /** Lines of the organisation that hold the words. */
  readonly held: number;
  /** Only so many of its lines were looked at, the newest; null when all were. */
  readonly newest: number | null;
  /** Those whose answer would be another one. */
  readonly changed: number;
  readonly examples: readonly LineChange[];
}

export interface LineChange {
  readonly text: string;
  readonly count: number;
  readonly before: string | null;
  readonly after: string;
}

const MOST_EXAMPLES = 10;
/** Wordings whose present answer is looked up; more only cost time. */
const MOST_TRIED = 500;

/** What corrections teach. Every method runs in the caller's transaction; who may accept is asked before. */
@Injectable()
export class TagRuleService {
  constructor(private readonly clock: Clock) {}

  /** What holds for the texts of an organisation. @param numbering of the document they are from */
  async inForce(tx: Tx, organisationId: string, numbering: Numbering | null): Promise<TaughtRules> {
    return new TaughtRules(await rulesInForce(tx, organisationId), numbering);
  }

  /** What a rule would do; nothing is kept. @throws Refusal tag-rule-*, cpv-unknown, sign-in-needed */
  async tryOut(tx: Tx, actor: Actor, rule: TaughtRule): Promise<RuleTrial> {
    const organisationId = organisationOf(actor);
    const tried: TagRule = { ...sound(rule), id: newId(this.clock.now()) };
    const present = await rulesInForce(tx, organisationId);
    const measure = await this.measured(tx, actor, tried, present);
    return {
      measure,
      contradicted: contradictedBy(tried, present),
      ...(await changes(tx, organisationId, tried, present)),
    };
  }

  /** Keeps a rule; it counts once it is accepted. @returns its id. @throws Refusal as `tryOut` */
  async teach(tx: Tx, actor: Actor, rule: TaughtRule): Promise<string> {
    const organisationId = organisationOf(actor);
    if (!actor.personId) throw new Refusal('sign-in-needed');
    const taughtAt = this.clock.now();
    const id = newId(taughtAt);
    await insertRule(tx, { ...sound(rule), id, organisationId, taughtBy: actor.personId, taughtAt });
    return id;
  }

  /**
   * From now on the rule counts.
   * @throws Refusal not-found, tag-rule-decided, second-person-needed, tag-rule-breaks
   */
  async accept(tx: Tx, actor: Actor, id: string): Promise<void> {
    const rule = await ruleById(tx, id);
    if (!rule) throw new Refusal('not-found');
    if (!actor.personId) throw new Refusal('sign-in-needed');
    const mayAccept =
      rule.scope === 'everybody'
        ? actor.role === 'administrator'
        : rule.organisationId === actor.organisationId;
    if (!mayAccept) throw new Refusal('not-allowed');
    if (rule.scope === 'everybody' && rule.taughtBy === actor.personId)
      throw new Refusal('second-person-needed');
    const present =
      rule.scope === 'everybody' ? await rulesForEverybody(tx) : await rulesInForce(tx, rule.organisationId);
    const measure = await this.measured(tx, actor, rule, present);
    if (measure.broken.length > 0)
      throw new Refusal('tag-rule-breaks', { lines: measure.broken.join(' · ') });
    const accepted = { by: actor.personId, at: this.clock.now(), measure };
    if (!(await acceptRule(tx, id, accepted))) throw new Refusal('tag-rule-decided');
  }

  /** Takes a rule back, or declines one that waits. @throws Refusal not-found, not-allowed, tag-rule-decided */
  async end(tx: Tx, actor: Actor, id: string): Promise<void> {
    const rule = await ruleById(tx, id);
    if (!rule) throw new Refusal('not-found');
    if (!actor.personId) throw new Refusal('sign-in-needed');
    const isOwn = rule.organisationId === actor.organisationId;
    const holdsForAll = rule.scope === 'everybody' && rule.acceptedAt !== null;
    const mayEnd = (isOwn && !holdsForAll) || (rule.scope === 'everybody' && actor.role === 'administrator');
    if (!mayEnd) throw new Refusal('not-allowed');
    if (!(await endRule(tx, id, actor.personId, this.clock.now()))) throw new Refusal('tag-rule-decided');
  }

  private async measured(
    tx: Tx,
    actor: Actor,
    rule: TagRule,
    present: readonly TagRule[],
  ): Promise<RuleMeasure> {
    const isOfAll = actor.role === 'administrator';
    const packages = await judgedPackages(tx, isOfAll ? null : organisationOf(actor));
    return measureRule(rule, present, { model: loadTagModel(), bench: benchLines(), packages });
  }
}

function organisationOf(actor: Actor): string {
  if (!actor.organisationId) throw new Refusal('sign-in-needed');
  return actor.organisationId;
}

/** @throws Refusal tag-rule-without-words, tag-rule-says-nothing, cpv-unknown */
function sound(rule: TaughtRule): TaughtRule {
  const pattern = rule.pattern.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (!isPattern(pattern)) throw new Refusal('tag-rule-without-words');
  if (rule.trade === null && rule.placeable === null) throw new Refusal('tag-rule-says-nothing');
  if (rule.trade !== null && !loadTagModel().catalogue.has(rule.trade))
    throw new Refusal('cpv-unknown', { code: rule.trade });
  return { ...rule, pattern };
}

/** Which lines the rule would read in another way. */
async function changes(
  tx: Tx,
  organisationId: string,
  rule: TagRule,
  present: readonly TagRule[],
): Promise<Omit<RuleTrial, 'measure' | 'contradicted'>> {
  const alone = new TaughtRules([rule], rule.numbering);
  const before = new TaughtRules(present, rule.numbering);
  const after = new TaughtRules([...present, rule], rule.numbering);
  const model = loadTagModel();
  const about = rule.trade === null ? 'placeable' : 'trade';
  const labels = await storedLabels(tx, organisationId);
  const held = labels.filter((line) => alone.claim(line, about) !== null);
  const changed = held.slice(0, MOST_TRIED).flatMap((line): LineChange[] => {
    const then = after.claim(line, about);
    if (then?.rule.id !== rule.id) return [];
    const own = about === 'trade' ? (tradeOfLine(model, line.text)?.code ?? null) : null;
    const now = before.claim(line, about)?.value ?? own;
    const isSame =
      about === 'trade' && now !== null ? tradeGroup(now) === tradeGroup(then.value) : now === then.value;
    return isSame ? [] : [{ text: line.text, count: line.count, before: now, after: then.value }];
  });
  const sum = (lines: readonly { readonly count: number }[]): number =>
    lines.reduce((total, { count }) => total + count, 0);
  const newest = sum(labels) < LINES_LOOKED_AT ? null : LINES_LOOKED_AT;
  return { newest, held: sum(held), changed: sum(changed), examples: changed.slice(0, MOST_EXAMPLES) };
}
