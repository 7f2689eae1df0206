import { Injectable } from '@nestjs/common';
import { isManager } from '../accounts/index.js';
import { Refusal, type Actor } from '../kernel/index.js';
import { audit, NO_ORGANISATION } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import {
  ruleById,
  rulesSeenBy,
  TagRuleService,
  type RuleTrial,
  type StoredRule,
  type TaughtRule,
} from '../tagging/index.js';

/** Rules that a person can see, and whether this person decides for their organisation. */
export interface RulesSeen {
  readonly rules: readonly StoredRule[];
  readonly mayAccept: boolean;
}

/** Corrections that are to be made from now on: tried, taught, accepted by who may, taken back. */
@Injectable()
export class TeachingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rules: TagRuleService,
  ) {}

  list(actor: Actor): Promise<RulesSeen> {
    return this.db.transaction(actor, async (tx) => ({
      rules: await rulesSeenBy(tx, actor.organisationId ?? NO_ORGANISATION),
      mayAccept: await isManager(tx, actor),
    }));
  }

  /** What a rule would do to known answers and to the lines there are. @throws Refusal as `TagRuleService.tryOut` */
  tryOut(actor: Actor, rule: TaughtRule): Promise<RuleTrial> {
    return this.db.transaction(actor, (tx) => this.rules.tryOut(tx, actor, rule));
  }

  /**
   * Keeps a rule. What a manager teaches their own organisation counts at once; the rest waits for who decides.
   * @throws Refusal as `TagRuleService.tryOut`, tag-rule-breaks
   */
  teach(actor: Actor, rule: TaughtRule): Promise<StoredRule> {
    return this.db.transaction(actor, async (tx) => {
      const { measure } = await this.rules.tryOut(tx, actor, rule);
      if (measure.broken.length > 0)
        throw new Refusal('tag-rule-breaks', { lines: measure.broken.join(' · ') });
      const id = await this.rules.teach(tx, actor, rule);
      await this.record(tx, actor, 'tag-rule.taught', id);
      if (rule.scope === 'organisation' && (await isManager(tx, actor))) await this.acceptOne(tx, actor, id);
      return (await ruleById(tx, id))!;
    });
  }

  /** @throws Refusal manager-needed, and those of `TagRuleService.accept` */
  accept(actor: Actor, id: string): Promise<StoredRule> {
    return this.db.transaction(actor, async (tx) => {
      await this.mayDecide(tx, actor, id);
      await this.acceptOne(tx, actor, id);
      return (await ruleById(tx, id))!;
    });
  }

  /** Who taught a rule may take it back while it waits; after that, who decides. @throws Refusal as `TagRuleService.end` */
  async end(actor: Actor, id: string): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const rule = await ruleById(tx, id);
      const isOwnProposal = rule?.acceptedAt === null && rule.taughtBy === actor.personId;
      if (!isOwnProposal) await this.mayEnd(tx, actor, rule);
      await this.rules.end(tx, actor, id);
      await this.record(tx, actor, 'tag-rule.ended', id);
    });
  }

  private async acceptOne(tx: Tx, actor: Actor, id: string): Promise<void> {
    await this.rules.accept(tx, actor, id);
    await this.record(tx, actor, 'tag-rule.accepted', id);
  }

  /** For its organisation a manager decides; for everybody an administrator, which the rule itself asks. */
  private async mayDecide(tx: Tx, actor: Actor, id: string): Promise<void> {
    const rule = await ruleById(tx, id);
    if (rule?.scope === 'organisation' && !(await isManager(tx, actor))) throw new Refusal('manager-needed');
  }

  /** A proposal for everybody may also be declined by a manager of the organisation that made it. */
  private async mayEnd(tx: Tx, actor: Actor, rule: StoredRule | null): Promise<void> {
    if (rule && actor.role !== 'administrator' && !(await isManager(tx, actor)))
      throw new Refusal('manager-needed');
  }

  private async record(tx: Tx, actor: Actor, action: string, subjectId: string): Promise<void> {
    const organisationId = actor.organisationId ?? NO_ORGANISATION;
    await audit(tx, { organisationId, action, subjectId, at: this.clock.now() });
  }
}
