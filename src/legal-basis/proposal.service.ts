import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Problem } from '../kernel/index.js';
import { audit, NO_ORGANISATION } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { isSameRule, type LegalRules, type RuleVersion } from './domain/index.js';
import { amended, amendmentFile, enterVersions } from './load-rules.js';
import {
  approvedProposals,
  decideProposal,
  insertProposal,
  proposalById,
  proposals,
  type Proposal,
} from './proposal.repository.js';
import { amendRules, readRules, ruleFiles, toRules } from './rule-files.js';
import { versionsKnownAt } from './rules-as-of.query.js';

/** A proposal against the law as it stands at this moment. */
export interface ProposalInContext {
  readonly proposal: Proposal;
  /** Versions of its rule that are held for true now. */
  readonly present: readonly RuleVersion[];
  /** What it would enter, and the whole law then; null when it does not fit any more. */
  readonly effect: {
    readonly version: RuleVersion;
    readonly before: LegalRules;
    readonly after: LegalRules;
  } | null;
  readonly problems: readonly Problem[];
}

const SHOWN = 200;

/** How the law is changed between two releases: proposed by one administrator, approved by another. */
@Injectable()
export class ProposalService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<Proposal[]> {
    return this.database.transaction(actor, (tx) => proposals(tx, SHOWN));
  }

  /** @throws Refusal `not-found` */
  async read(actor: Actor, id: string): Promise<ProposalInContext> {
    return this.database.transaction(actor, async (tx) => {
      const proposal = await proposalById(tx, id);
      if (!proposal) throw new Refusal('not-found');
      return inContext(tx, proposal);
    });
  }

  /**
   * Keeps a proposal; it changes nothing yet.
   * @param source one rule, written as in a rule file
   * @returns its id, or what is wrong with it, with the line in the text
   */
  async propose(actor: Actor, source: string, reason: string): Promise<string | readonly Problem[]> {
    const proposedBy = personOf(actor);
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const fit = amendRules(await versionsKnownAt(tx, null), { name: 'proposal', text: source });
      if ('problems' in fit) return fit.problems;
      const { set, key } = fit.version;
      const id = await insertProposal(tx, { set, key, source, reason, proposedBy }, now);
      await audit(tx, {
        organisationId: actor.organisationId ?? NO_ORGANISATION,
        action: 'law.proposed',
        subjectId: id,
        details: { rule: `${set} ${key}` },
        at: now,
      });
      return id;
    });
  }

  /**
   * Makes a proposal the law, from this instant on, for the days it names.
   * @param seen stamp of the law that was looked at: the approval is for that effect and no other
   * @throws Refusal `not-found`, `proposal-decided`, `second-person-needed`, `version-changed`, `proposal-unfit`
   */
  async approve(actor: Actor, id: string, seen: string): Promise<void> {
    await this.decide(actor, id, async (tx, proposal, decidedBy) => {
      if (proposal.proposedBy === decidedBy) throw new Refusal('second-person-needed');
      const { effect } = await inContext(tx, proposal);
      if (!effect) throw new Refusal('proposal-unfit');
      if (effect.before.stamp !== seen) throw new Refusal('version-changed');
      const outcome = {
        state: 'approved',
        decidedBy,
        decisionReason: null,
        decidedAt: this.clock.now(),
      } as const;
      if (!(await decideProposal(tx, id, 'open', outcome))) throw new Refusal('proposal-decided');
      await enterVersions(tx, effect.after.versions, this.clock.now());
      return 'law.approved';
    });
  }

  /** @throws Refusal `not-found`, `proposal-decided` */
  async reject(actor: Actor, id: string, decisionReason: string): Promise<void> {
    await this.decide(actor, id, async (tx, _, decidedBy) => {
      const outcome = { state: 'rejected', decidedBy, decisionReason, decidedAt: this.clock.now() } as const;
      if (!(await decideProposal(tx, id, 'open', outcome))) throw new Refusal('proposal-decided');
      return 'law.rejected';
    });
  }

  /**
   * Takes an approved change back: the law is again what the files of this release and the other approvals say.
   * @throws Refusal `not-found`, `proposal-decided`, `second-person-needed`
   */
  async retire(actor: Actor, id: string, decisionReason: string): Promise<void> {
    await this.decide(actor, id, async (tx, proposal, decidedBy) => {
      if (proposal.proposedBy === decidedBy) throw new Refusal('second-person-needed');
      const outcome = { state: 'retired', decidedBy, decisionReason, decidedAt: this.clock.now() } as const;
      if (!(await decideProposal(tx, id, 'approved', outcome))) throw new Refusal('proposal-decided');
      const read = readRules(ruleFiles());
      const law = Array.isArray(read) ? amended(read, await approvedProposals(tx)) : read;
      if (!Array.isArray(law)) throw new Refusal('proposal-unfit');
      await enterVersions(tx, law, this.clock.now());
      return 'law.retired';
    });
  }

  /** The register of law is the system's: who decides acts for it, under their own name. */
  private async decide(
    actor: Actor,
    id: string,
    work: (tx: Tx, proposal: Proposal, decidedBy: string) => Promise<string>,
  ): Promise<void> {
    if (actor.role !== 'administrator') throw new Refusal('not-allowed');
    const decidedBy = personOf(actor);
    await this.database.transaction({ ...actor, role: 'system' }, async (tx) => {
      const proposal = await proposalById(tx, id);
      if (!proposal) throw new Refusal('not-found');
      const action = await work(tx, proposal, decidedBy);
      await audit(tx, {
        organisationId: actor.organisationId ?? NO_ORGANISATION,
        action,
        subjectId: id,
        details: { rule: `${proposal.set} ${proposal.key}` },
        at: this.clock.now(),
      });
    });
  }
}

async function inContext(tx: Tx, proposal: Proposal): Promise<ProposalInContext> {
  const versions = await versionsKnownAt(tx, null);
  const present = versions.filter((version) => isSameRule(version, proposal));
  const fit = amendRules(versions, amendmentFile(proposal));
  if ('problems' in fit) return { proposal, present, effect: null, problems: fit.problems };
  const effect = { version: fit.version, before: toRules(versions), after: toRules(fit.versions) };
  return { proposal, present, effect, problems: [] };
}

function personOf({ personId }: Actor): string {
  if (personId === null) throw new Refusal('sign-in-needed');
  return personId;
}
