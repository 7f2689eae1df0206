import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Refusal, type Actor, type Problem, systemActor } from '../kernel/index.js';
import {
  AnswerService,
  DecisionService,
  QuestionService,
  type AnswerGiven,
  type AnswerSeen,
  type AnswerKept,
  type ContractorAct,
  type DecisionGiven,
  type WinnerAct,
} from '../answers/index.js';
import { MatchingService } from '../matching/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { FileScan } from '../platform/malware/index.js';
import { Jobs } from '../platform/queue/index.js';
import { TaggingService, TagRuleService } from '../tagging/index.js';
import {
  fileContent,
  importById,
  isRefused,
  lockImport,
  LayoutService,
  oneProcessInChild,
  parseInChild,
  tenderById,
  TenderService,
  type Import,
  type TenderCorrection,
} from '../tenders/index.js';
import { InvitationPipeline } from './invitation.pipeline.js';
import { writeDemandOf } from './open-demand.js';
import { offeredPackages, openPackages } from './open-packages.js';
import { draftProposal, proposePackages } from './propose-packages.js';

/** Steps that the worker takes. */
const READ = 'tender.read';
/** Also taken for packages that are added after publishing. */
export const MATCH_JOB = 'tender.match';
const CLOSE = 'package.close';
const LAPSE = 'award.lapse';

/** A reading that is still open after this long was cut short with the process that did it: the worker reads again. */
const READ_AGAIN_MS = 30_000;

/** The queue goes by the clock of the database; what it starts goes by ours, which may be behind by so much. */
const CLOCKS_APART_MS = 60_000;

/** What was read of a file, and whether it was never brought before. */
export interface Received {
  readonly import: Import;
  readonly isNew: boolean;
}

/**
 * The main job, step by step: a file is received and read; what was read becomes a draft of tagged packages; the
 * published draft is matched; whoever is concerned is told; an answer is told back. Each step commits with the job
 * that takes the next one, and taking a step twice changes nothing.
 */
@Injectable()
export class TenderPipeline implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly scan: FileScan,
    private readonly tenders: TenderService,
    private readonly layouts: LayoutService,
    private readonly tagging: TaggingService,
    private readonly rules: TagRuleService,
    private readonly matching: MatchingService,
    private readonly answers: AnswerService,
    private readonly questions: QuestionService,
    private readonly decisions: DecisionService,
    private readonly invitations: InvitationPipeline,
  ) {}

  onModuleInit(): void {
    this.jobs.workLong<{ importId: string }>(READ, async (job) => {
      const actor: Actor = systemActor(job.requestId);
      await this.read(actor, job.payload.importId, (tx) => job.finish(tx));
    });
    this.jobs.work<{ tenderId: string; eventId: string }>(MATCH_JOB, (tx, { tenderId, eventId }) =>
      this.match(tx, tenderId, eventId),
    );
    this.jobs.work<{ decisionId: string }>(LAPSE, async (tx, { decisionId }) => {
      const eventId = await this.decisions.lapse(tx, decisionId);
      if (eventId !== null) await this.tell(tx, eventId);
    });
    this.jobs.work<{ packageId: string }>(CLOSE, async (tx, { packageId }) => {
      for (const eventId of await this.decisions.declineOthers(tx, packageId)) await this.tell(tx, eventId);
    });
  }

  /** 1. A file arrives. It is kept before anything is made of it; the same file again gives the same reading. */
  async receive(actor: Actor, file: { name: string; bytes: Uint8Array }): Promise<Received> {
    const scanned = await this.scan.demandClean(file.bytes);
    const kept = await this.db.transaction(actor, async (tx) => {
      const opened = await this.tenders.keep(tx, actor, { ...file, scanned });
      if (opened.isNew) {
        const after = new Date(this.clock.now().getTime() + READ_AGAIN_MS);
        await this.jobs.add(tx, READ, { importId: opened.import.id }, { key: opened.import.id, after });
      }
      return opened;
    });
    await this.read(actor, kept.import.id, async () => undefined);
    const finished = await this.db.transaction(actor, (tx) => importById(tx, kept.import.id));
    return { import: finished!, isNew: kept.isNew };
  }

  /** 2. It is read in a process of its own; the outcome is staged, for a person to look at. */
  private async read(actor: Actor, importId: string, finish: (tx: Tx) => Promise<void>): Promise<void> {
    const unread = await this.db.transaction(actor, (tx) => this.tenders.unread(tx, importId));
    const result = unread && (await parseInChild(unread.content, unread.name, { layouts: unread.layouts }));
    await this.db.transaction(actor, async (tx) => {
      if (result) await this.tenders.finishReading(tx, importId, result);
      await finish(tx);
    });
  }

  /**
   * 2b. A person says what the columns of a table are: the file is read so, and so will be the next of its kind. What
   * would leave nothing to read is not remembered. @throws Refusal layout-reads-nothing, and those of `told`
   */
  async tellColumns(
    actor: Actor,
    importId: string,
    table: number,
    assigned: Readonly<Record<string, string>>,
    headerRow?: number,
  ): Promise<Import> {
    const told = await this.db.transaction(actor, (tx) =>
      this.layouts.told(tx, importId, table, assigned, headerRow),
    );
    const result = await parseInChild(told.content, told.name, { layouts: told.layouts });
    if (isRefused(result)) throw new Refusal('layout-reads-nothing');
    return this.db.transaction(actor, async (tx) => {
      await this.layouts.remember(tx, actor, told, result);
      return (await importById(tx, importId))!;
    });
  }

  /**
   * 2c. A file holds several procedures: a person reads one of them as if it had come alone. The same one again gives
   * the same reading. @throws Refusal not-found
   */
  async readProcess(actor: Actor, importId: string, index: number): Promise<Received> {
    const { opened, file } = await this.db.transaction(actor, async (tx) => {
      const found = await importById(tx, importId);
      return { opened: found, file: found && (await fileContent(tx, found.sourceFileId)) };
    });
    const chosen = opened?.parsed?.processes?.[index];
    const bytes = file && chosen ? await oneProcessInChild(file.content, index) : null;
    if (!opened || !chosen || !bytes) throw new Refusal('not-found');
    const name = `${chosen.ref} – ${opened.fileName}`;
    return this.receive(actor, { name, bytes });
  }

  /** 3. What was read becomes a draft: cut into packages, tagged, all in one transaction. @returns the tender's id */
  async takeUp(actor: Actor, importId: string): Promise<string> {
    const { opened, rules } = await this.db.transaction(actor, async (tx) => {
      const found = await importById(tx, importId);
      if (!found) throw new Refusal('not-found');
      const numbering = found.parsed?.numbering ?? null;
      return { opened: found, rules: await this.rules.inForce(tx, found.organisationId, numbering) };
    });
    if (opened.tenderId) return opened.tenderId;
    if (opened.state !== 'staged' || !opened.parsed) throw new Refusal('import-not-staged');
    const proposal = proposePackages(opened.parsed, rules);
    const drafted = await this.db.transaction(actor, async (tx) => {
      // What somebody answered while packages were proposed belongs into the draft.
      const now = await lockImport(tx, importId);
      if (!isDeepStrictEqual(now, opened)) return null;
      const { tenderId, packageIds } = await this.tenders.createDraft(tx, opened, draftProposal(proposal));
      const tags = proposal.packages.map(({ ref, tags: found }) => [packageIds.get(ref)!, found] as const);
      await this.tagging.keep(tx, opened.organisationId, new Map(tags));
      return tenderId;
    });
    return drafted ?? this.takeUp(actor, importId);
  }

  /**
   * 4. The contractor publishes, with what was said on the same page: nobody's save falls between.
   * @returns what is still missing; empty when it is published
   */
  async publish(actor: Actor, tenderId: string, correction?: TenderCorrection): Promise<Problem[]> {
    return this.db.transaction(actor, async (tx) => {
      if (correction) await this.tenders.correctTender(tx, tenderId, correction);
      const published = await this.tenders.publish(tx, actor, tenderId, await offeredPackages(tx, tenderId));
      if (Array.isArray(published)) return published;
      await writeDemandOf(tx, tenderId);
      await this.jobs.add(
        tx,
        MATCH_JOB,
        { tenderId, eventId: published.eventId },
        { key: published.eventId },
      );
      await this.record(tx, actor, 'tender.published', tenderId);
      return [];
    });
  }

  /** 5. Who can do it, and why; stored with the versions it rests on. */
  private async match(tx: Tx, tenderId: string, eventId: string): Promise<void> {
    const tender = await tenderById(tx, tenderId);
    if (!tender || tender.status !== 'published') return;
    await this.matching.matchPackages(tx, {
      on: this.clock.today(),
      packages: await openPackages(tx, tender),
    });
    await this.invitations.plan(tx, tender);
    await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
  }

  /** 6. An enterprise answers; the contractor and the enterprise are told. */
  async answer(
    actor: Actor,
    packageId: string,
    given: AnswerGiven,
    seen: AnswerSeen | null = null,
  ): Promise<AnswerKept> {
    return this.db.transaction(actor, async (tx) =>
      this.tellOfAnswer(tx, actor, await this.answers.give(tx, actor, packageId, given, seen)),
    );
  }

  /** An enterprise confirms its answer to a package that changed. @param seen the version it looked at */
  async reconfirm(actor: Actor, packageId: string, seen: number): Promise<AnswerKept> {
    return this.db.transaction(actor, async (tx) =>
      this.tellOfAnswer(tx, actor, await this.answers.reconfirm(tx, actor, packageId, seen)),
    );
  }

  private async tellOfAnswer(tx: Tx, actor: Actor, kept: AnswerKept): Promise<AnswerKept> {
    if (kept.eventId) {
      await this.jobs.add(tx, PLAN_JOB, { eventId: kept.eventId }, { key: kept.eventId });
      await this.record(tx, actor, 'answer.given', kept.answer.id);
    }
    return kept;
  }

  /** An enterprise asks about a package; the contractor is told. @returns false when it asked the same already */
  async ask(actor: Actor, packageId: string, text: string): Promise<boolean> {
    return this.db.transaction(actor, async (tx) => {
      const eventId = await this.questions.ask(tx, actor, packageId, text);
      if (eventId) await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
      return eventId !== null;
    });
  }

  /** The contractor answers a question for everybody; who asked and who is interested are told. */
  async reply(actor: Actor, tenderId: string, questionId: string, text: string): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const eventId = await this.questions.reply(tx, actor, tenderId, questionId, text);
      await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
      await this.record(tx, actor, 'question.answered', questionId);
    });
  }

  /** 7. The contractor decides on an answer; the enterprise is told. @param about what the person looked at */
  async decide(
    actor: Actor,
    about: { tenderId: string; answerId: string; seen: string | null },
    given: DecisionGiven<ContractorAct>,
  ): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const { eventId, id: decisionId, confirmBy } = await this.decisions.decide(tx, actor, about, given);
      await this.tell(tx, eventId);
      if (confirmBy) {
        const after = new Date(confirmBy.getTime() + CLOCKS_APART_MS);
        await this.jobs.add(tx, LAPSE, { decisionId }, { key: decisionId, after });
      }
    });
  }

  /** 8. The winner confirms or refuses; the contractor is told, and everybody else once the package is closed. */
  async replyToAward(actor: Actor, packageId: string, given: DecisionGiven<WinnerAct>): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const { eventId, isClosed } = await this.decisions.reply(tx, actor, packageId, given);
      await this.tell(tx, eventId);
      if (isClosed) await this.jobs.add(tx, CLOSE, { packageId }, { key: packageId });
    });
  }

  /** The contractor takes the tender back; whoever was told of it is told that too. */
  async withdraw(actor: Actor, tenderId: string, reason: string): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const eventId = await this.tenders.withdraw(tx, actor, tenderId, reason);
      await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
      await this.record(tx, actor, 'tender.withdrawn', tenderId);
    });
  }

  private async tell(tx: Tx, eventId: string): Promise<void> {
    await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
  }

  private async record(tx: Tx, actor: Actor, action: string, subjectId: string): Promise<void> {
    await audit(tx, { organisationId: actor.organisationId!, action, subjectId, at: this.clock.now() });
  }
}
