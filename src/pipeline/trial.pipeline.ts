import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { hashToken, keyedHash, linkToken } from '../accounts/index.js';
import { Refusal, type Actor, systemActor } from '../kernel/index.js';
import { LegalBasisService } from '../legal-basis/index.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { FileScan } from '../platform/malware/index.js';
import { Jobs } from '../platform/queue/index.js';
import { CONFIG } from '../platform/tokens.js';
import {
  ambiguitiesOf,
  importById,
  isRefused,
  parseInChild,
  requireRoomForTrial,
  TenderService,
  trialEndsAt,
  type Import,
  type ParsedTender,
} from '../tenders/index.js';
import { FORECAST_PACKAGES, InvitationForecasts, type Reach } from './invitation-forecasts.service.js';
import { proposeTrial, toldReach, type TrialProposal } from './propose-trial.js';
import { TenderPipeline } from './tender.pipeline.js';
import {
  finishTrial,
  forgetTrial,
  insertTrial,
  lockTrial,
  lockTrials,
  markKept,
  trialByToken,
  trialOfBytes,
  trialsNow,
  unreadTrial,
  type Trial,
} from './trial.repository.js';

const READ = 'trial.read';
const FORGET = 'trial.forget';

/** The queue goes by the clock of the database, what it starts by ours, which may be behind by so much. */
const CLOCKS_APART_MS = 60_000;

/** Whose browser brings something: its form token, and where it comes from. */
export interface Stranger {
  readonly browser: string;
  readonly network: string;
  readonly requestId: string;
}

/** What was kept: the draft, or the reading where something is still to be said first. */
export interface Kept {
  readonly importId: string;
  readonly tenderId: string | null;
}

/**
 * What a visitor sees of a document before there is an account: it is read like every other, cut into packages and looked for
 * whom they could be placed with, and shown to whoever has the address. Nothing is published, nobody is told, no figure
 * counts it. A contractor keeps it by the entrance of every document; else it is gone after a day.
 */
@Injectable()
export class TrialPipeline implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly scan: FileScan,
    private readonly tenders: TenderService,
    private readonly legalBasis: LegalBasisService,
    private readonly forecasts: InvitationForecasts,
    private readonly pipeline: TenderPipeline,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.workLong<{ trialId: string }>(READ, async (job) => {
      const actor = systemActor(job.requestId);
      const outcome = await this.read(actor, job.payload.trialId);
      await this.db.transaction(actor, async (tx) => {
        if (outcome) await finishTrial(tx, job.payload.trialId, outcome);
        await job.finish(tx);
      });
    });
    this.jobs.work<{ trialId: string }>(FORGET, async (tx, { trialId }) => {
      await forgetTrial(tx, trialId, this.clock.now());
    });
  }

  /**
   * Keeps a document for a day and opens its reading. The same bytes from the same browser give the same trial.
   * @returns the token of its address
   * @throws Refusal trials-too-many, trials-full, file-infected, scan-unavailable
   */
  async bring(stranger: Stranger, file: { name: string; bytes: Uint8Array }): Promise<string> {
    const { secret } = this.config;
    const system = systemActor(stranger.requestId);
    const now = this.clock.now();
    const id = newId(now);
    const mark = {
      browserHash: keyedHash(secret, 'browser of a trial', stranger.browser),
      networkHash: keyedHash(secret, 'network of a trial', stranger.network),
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      madeAt: now,
    };
    const size = file.bytes.byteLength;
    const known = await this.db.transaction(system, async (tx) => this.knownOrRoom(tx, mark, size));
    if (known) return this.tokenOf(known);
    // Outside of a transaction, and only for what there is room for.
    const scanned = await this.scan.demandClean(file.bytes);
    const kept = await this.db.transaction(system, async (tx) => {
      await lockTrials(tx);
      const meanwhile = await this.knownOrRoom(tx, mark, size);
      if (meanwhile) return meanwhile;
      await insertTrial(tx, {
        ...mark,
        id,
        tokenHash: hashToken(this.tokenOf(id)),
        name: file.name.normalize('NFC').slice(0, 255),
        content: Buffer.from(file.bytes),
        scanned,
      });
      await this.jobs.add(tx, READ, { trialId: id }, { key: id });
      const after = new Date(trialEndsAt(now).getTime() + CLOCKS_APART_MS);
      await this.jobs.add(tx, FORGET, { trialId: id }, { key: id, after });
      return id;
    });
    return this.tokenOf(kept);
  }

  /** @returns null for a token that never was one, and for a trial whose day is over */
  async open(token: string, requestId: string): Promise<Trial | null> {
    return this.db.transaction(systemActor(requestId), (tx) =>
      trialByToken(tx, hashToken(token), this.clock.now()),
    );
  }

  /** The same each time: the database holds nothing that opens a trial. */
  tokenOf(trialId: string): string {
    return linkToken(this.config.secret, 'trial', trialId);
  }

  /**
   * Makes it the contractor's, once: in one transaction the document and what was read of it go where every document is
   * kept, and nothing stays here. Then it is taken up like every other, unless something is asked of a person first. Doing it
   * again gives the same.
   * @returns null where there is no such trial, and for what another organisation kept
   * @throws Refusal import-not-staged
   */
  async keep(actor: Actor, token: string): Promise<Kept | null> {
    const importId = await this.db.transaction(systemActor(actor.requestId), async (tx) => {
      const trial = await lockTrial(tx, hashToken(token), this.clock.now());
      if (!trial) return null;
      if (trial.importId) return trial.importId;
      const { fileName: name, content: bytes, parsed, scanned } = trial;
      if (!bytes || !parsed) throw new Refusal('import-not-staged');
      const { import: opened } = await this.tenders.keep(tx, actor, { name, bytes, scanned });
      await this.tenders.finishReading(tx, opened.id, parsed);
      await markKept(tx, trial.id, opened.id);
      return opened.id;
    });
    const opened = importId && (await this.db.transaction(actor, (tx) => importById(tx, importId)));
    if (!opened) return null;
    if (opened.tenderId || !isReadyToTakeUp(opened))
      return { importId: opened.id, tenderId: opened.tenderId };
    return { importId: opened.id, tenderId: await this.pipeline.takeUp(actor, opened.id) };
  }

  /** The trial there is already; else that there is room for another. */
  private async knownOrRoom(
    tx: Tx,
    mark: {
      readonly browserHash: string;
      readonly networkHash: string;
      readonly sha256: string;
      readonly madeAt: Date;
    },
    size: number,
  ): Promise<string | null> {
    const known = await trialOfBytes(tx, mark);
    if (known) return known;
    requireRoomForTrial(await trialsNow(tx, mark.networkHash, mark.madeAt), size, mark.madeAt);
    return null;
  }

  private async read(actor: Actor, trialId: string) {
    const unread = await this.db.transaction(actor, (tx) => unreadTrial(tx, trialId));
    if (!unread) return null;
    const result = await parseInChild(unread.content, unread.name, { isPatient: true });
    if (isRefused(result)) return { parsed: null, problems: [result.refused], proposal: null };
    const proposal = await this.propose(actor, result, { id: trialId, name: unread.name });
    return { parsed: result, problems: result.problems, proposal };
  }

  private async propose(
    actor: Actor,
    parsed: ParsedTender,
    file: { readonly id: string; readonly name: string },
  ): Promise<TrialProposal> {
    const rules = await this.db.transaction(actor, (tx) => this.legalBasis.rulesAsOf(tx));
    const law = { rules, today: this.clock.today(), now: this.clock.now() };
    const { asked, packages, ...shown } = proposeTrial(parsed, file, law);
    const reach = new Map<string, Reach>();
    for (let at = 0; at < asked.length; at += FORECAST_PACKAGES) {
      const some = asked.slice(at, at + FORECAST_PACKAGES);
      const found = await this.db.transaction(actor, (tx) => this.forecasts.reachOf(tx, some));
      for (const [id, one] of found) reach.set(id, one);
    }
    const told = (id: string) => {
      const found = reach.get(id);
      return found ? toldReach(found) : null;
    };
    return { ...shown, packages: packages.map((item) => ({ ...item, reach: told(item.id) })) };
  }
}

/** What a person is asked about a document is answered before there is a draft. */
function isReadyToTakeUp({ state, parsed }: Import): boolean {
  return (
    state === 'staged' &&
    parsed !== null &&
    (parsed.processes ?? []).length === 0 &&
    ambiguitiesOf(parsed).length === 0
  );
}
