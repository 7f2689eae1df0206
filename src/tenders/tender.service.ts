import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Problem } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import type { Tx } from '../platform/db/index.js';
import {
  answersSeen,
  overwritesUnseen,
  sinceSeen,
  whatPublishingLacks,
  type AnswerGiven,
  type AnswersSeen,
  type BuyerChoice,
  type ClauseChoice,
  type ColumnLayout,
  type OfferedPackage,
  type ParsedTender,
  type RefusedTender,
  type Tender,
  type Visibility,
  type WorkPackage,
} from './domain/index.js';
import { keepAudience } from './audience.repository.js';
import { buyerDraft, dropBuyerDraft, keepBuyerAnswer } from './buyer-draft.repository.js';
import {
  fileContent,
  finishReading,
  importById,
  importOfBytes,
  insertImport,
  insertSourceFile,
  takeStaged,
  type Import,
} from './import.repository.js';
import { columnLayouts } from './column-layout.repository.js';
import { additionsOf } from './published.repository.js';
import { draftRows, type DraftProposal } from './draft-rows.js';
import {
  insertLines,
  insertLots,
  insertPackages,
  insertTender,
  lockTender,
  packageById,
  recordTenderVersion,
  updatePackage,
  updateTender,
} from './tender.repository.js';
import type { WorkPackageRow } from './work-package.entity.js';

/** What a contractor may correct on a package before it is published. */
export type PackageCorrection = Partial<
  Pick<
    WorkPackageRow,
    | 'title'
    | 'confirmed'
    | 'offered'
    | 'mode'
    | 'value'
    | 'currency'
    | 'hoursMin'
    | 'hoursMax'
    | 'hoursMethod'
    | 'startsOn'
    | 'endsOn'
    | 'sites'
    | 'terms'
  >
>;

/** What a contractor may correct on the tender itself. */
export interface TenderCorrection {
  readonly title?: string;
  readonly deadline?: Date;
  readonly questions?: readonly string[];
  readonly asksPrice?: boolean;
  /** With the enterprises invited; they count while only they hear of it. */
  readonly audience?: { readonly visibility: Visibility; readonly invited: readonly string[] };
}

/** A file that waits to be read. */
export interface Unread {
  readonly name: string;
  readonly content: Buffer;
  readonly layouts: readonly ColumnLayout[];
}

export type ReadingResult = ParsedTender | RefusedTender;

/** Use cases on tenders. Every method runs in the caller's transaction; none of them parses, matches or sends. */
@Injectable()
export class TenderService {
  constructor(private readonly clock: Clock) {}

  /**
   * Keeps the original and opens its reading. The same bytes from the same organisation give the first reading
   * again, so a second upload is harmless.
   */
  async keep(
    tx: Tx,
    actor: Actor,
    file: { name: string; bytes: Uint8Array; scanned?: boolean },
  ): Promise<{ import: Import; isNew: boolean }> {
    const organisationId = requireOrganisation(actor);
    const now = this.clock.now();
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    const source = {
      id: newId(now),
      organisationId,
      sha256,
      name: file.name.normalize('NFC').slice(0, 255),
      sizeBytes: file.bytes.byteLength,
      content: Buffer.from(file.bytes),
      receivedBy: actor.personId,
      receivedAt: now,
      scanned: file.scanned ?? false,
    };
    const isNew = await insertSourceFile(tx, source);
    if (isNew) {
      await insertImport(tx, { id: newId(now), organisationId, sourceFileId: source.id, receivedAt: now });
    }
    const opened = await importOfBytes(tx, organisationId, sha256);
    if (!opened) throw new Error('a kept file has no reading');
    return { import: opened, isNew };
  }

  /** The bytes still to be read and what is remembered of columns, or null when the reading is finished. */
  async unread(tx: Tx, importId: string): Promise<Unread | null> {
    const opened = await importById(tx, importId);
    if (opened?.state !== 'received') return null;
    const file = await fileContent(tx, opened.sourceFileId);
    const remembered = await columnLayouts(tx, opened.organisationId);
    const layouts = remembered.map(({ fingerprint, columns }) => ({ fingerprint, columns }));
    return file && { ...file, layouts };
  }

  /** Writes what the reading found. Harmless when another reader was faster. */
  async finishReading(tx: Tx, importId: string, result: ReadingResult): Promise<void> {
    const finishedAt = this.clock.now();
    await finishReading(
      tx,
      importId,
      'refused' in result
        ? {
            state: 'refused',
            parsed: null,
            problems: [result.refused],
            firstRows: result.firstRows,
            finishedAt,
          }
        : { state: 'staged', parsed: result, problems: result.problems, finishedAt },
    );
  }

  /** Makes a draft of a staged reading, whole or not at all. @throws Refusal import-not-staged */
  async createDraft(tx: Tx, opened: Import, proposal: DraftProposal): Promise<DraftCreated> {
    if (!opened.parsed || !(await takeStaged(tx, opened.id))) throw new Refusal('import-not-staged');
    const now = this.clock.now();
    const draft = draftRows({ ...opened, parsed: opened.parsed }, proposal, now);
    await insertTender(tx, draft.tender);
    await insertLots(tx, draft.lots);
    await insertPackages(tx, draft.packages);
    await insertLines(tx, draft.lines);
    await emit(tx, {
      type: 'tender.drafted',
      organisationId: opened.organisationId,
      subjectId: draft.tender.id,
      payload: { packages: draft.packages.length, lines: draft.lines.length },
      at: now,
    });
    return { tenderId: draft.tender.id, packageIds: new Map(draft.packages.map((p) => [p.ref, p.id])) };
  }

  /**
   * Corrects a package of a draft, or one that a published tender does not offer yet: that stays so until it is added.
   * @throws Refusal not-found, tender-not-draft, package-dates-reversed, version-changed
   */
  async correctPackage(
    tx: Tx,
    packageId: string,
    version: number,
    correction: PackageCorrection,
  ): Promise<WorkPackage> {
    const found = await packageById(tx, packageId);
    if (!found) throw new Refusal('not-found');
    const tender = await lockTender(tx, found.tenderId);
    const isAddition =
      tender?.status === 'published' && (await additionsOf(tx, tender.id)).includes(packageId);
    if (tender?.status !== 'draft' && !isAddition) throw new Refusal('tender-not-draft');
    requireDatesInOrder(found, correction);
    const kept = isAddition ? { ...correction, offered: false } : correction;
    if (!(await updatePackage(tx, packageId, version, kept))) throw new Refusal('version-changed');
    return (await packageById(tx, packageId))!;
  }

  /** @throws Refusal not-found, tender-not-draft */
  async correctTender(tx: Tx, tenderId: string, correction: TenderCorrection): Promise<void> {
    const tender = await this.lockDraft(tx, tenderId);
    const { audience, questions, ...others } = correction;
    await updateTender(tx, tender, { ...others, ...(questions ? { questions: [...questions] } : {}) });
    if (audience) await keepAudience(tx, tender, audience.visibility, audience.invited);
  }

  /**
   * Keeps the answer to one question until all are confirmed, unless it would overwrite somebody else's unseen.
   * @returns whether it was kept
   * @throws Refusal not-found, tender-not-draft
   */
  async draftBuyerAnswer(tx: Tx, tenderId: string, given: AnswerGiven): Promise<boolean> {
    const tender = await this.lockDraft(tx, tenderId);
    if (overwritesUnseen(tender.buyer?.answers ?? null, await buyerDraft(tx, tenderId), given)) return false;
    const { question, answers, personId: by } = given;
    const { organisationId } = tender;
    await keepBuyerAnswer(tx, { organisationId, tenderId, question, answers, by, at: this.clock.now() });
    return true;
  }

  /**
   * What became of the answers since a person saw them. Nobody changes them until the transaction ends.
   * @throws Refusal not-found, tender-not-draft
   */
  async sinceBuyerSeen(tx: Tx, tenderId: string, seen: AnswersSeen): Promise<ReturnType<typeof sinceSeen>> {
    const tender = await this.lockDraft(tx, tenderId);
    return sinceSeen(seen, answersSeen(tender, await buyerDraft(tx, tenderId)));
  }

  /** Keeps the wizard's answers and ends their draft; a clause chosen under other answers no longer stands. */
  async answerBuyer(tx: Tx, tenderId: string, buyer: BuyerChoice, options: ClauseChoice): Promise<void> {
    const tender = await this.lockDraft(tx, tenderId);
    await updateTender(tx, tender, { buyer, clause: options });
    await dropBuyerDraft(tx, tenderId);
  }

  /** @throws Refusal clause-not-offered when the law of the day does not give this option */
  async chooseClause(tx: Tx, tenderId: string, instrument: string, basis: string): Promise<void> {
    const tender = await this.lockDraft(tx, tenderId);
    const options = (tender.clause?.answer['options'] ?? []) as readonly {
      instrument: string;
      basis: string;
    }[];
    if (
      !tender.clause ||
      !options.some((option) => option.instrument === instrument && option.basis === basis)
    ) {
      throw new Refusal('clause-not-offered', { instrument });
    }
    await updateTender(tx, tender, { clause: { ...tender.clause, instrument, basis } });
  }

  /**
   * Publishes a complete draft and says so in an event; matching and telling follow in the worker.
   * @returns what is still missing, or the id of the event
   */
  async publish(
    tx: Tx,
    actor: Actor,
    tenderId: string,
    offered: readonly OfferedPackage[],
  ): Promise<Problem[] | { eventId: string }> {
    const tender = await this.lockDraft(tx, tenderId);
    const now = this.clock.now();
    const lacking = whatPublishingLacks(tender, await buyerDraft(tx, tenderId), offered, now);
    if (lacking.length > 0) return lacking;
    await updateTender(tx, tender, { status: 'published', publishedAt: now });
    await recordTenderVersion(tx, {
      id: newId(now),
      tenderId,
      organisationId: tender.organisationId,
      version: tender.version + 1,
      snapshot: { ...tender, packages: offered },
      by: actor.personId,
      at: now,
    });
    const eventId = await emit(tx, {
      type: 'tender.published',
      organisationId: tender.organisationId,
      subjectId: tenderId,
      payload: { packages: offered.map((p) => p.workPackage.id) },
      at: now,
    });
    return { eventId };
  }

  /** Takes a published tender back, with a reason that enterprises will read. @throws Refusal tender-not-published */
  async withdraw(tx: Tx, actor: Actor, tenderId: string, reason: string): Promise<string> {
    const tender = await lockTender(tx, tenderId);
    if (!tender || tender.organisationId !== actor.organisationId) throw new Refusal('not-found');
    if (tender.status !== 'published') throw new Refusal('tender-not-published');
    const now = this.clock.now();
    await updateTender(tx, tender, { status: 'withdrawn', withdrawnAt: now, withdrawalReason: reason });
    return emit(tx, {
      type: 'tender.withdrawn',
      organisationId: tender.organisationId,
      subjectId: tenderId,
      payload: { reason },
      at: now,
    });
  }

  private async lockDraft(tx: Tx, tenderId: string): Promise<Tender> {
    const tender = await lockTender(tx, tenderId);
    if (!tender) throw new Refusal('not-found');
    if (tender.status !== 'draft') throw new Refusal('tender-not-draft');
    return tender;
  }
}

export interface DraftCreated {
  readonly tenderId: string;
  /** Package ids by their reference. */
  readonly packageIds: ReadonlyMap<string, string>;
}

/** One end may be corrected alone: it is held against the other as it stands. */
function requireDatesInOrder(found: WorkPackage, { startsOn, endsOn }: PackageCorrection): void {
  const start = startsOn === undefined ? found.startsOn : startsOn;
  const end = endsOn === undefined ? found.endsOn : endsOn;
  if (start !== null && end !== null && end < start)
    throw new Refusal('package-dates-reversed', { found: end, expected: start });
}

function requireOrganisation(actor: Actor): string {
  if (!actor.organisationId) throw new Refusal('sign-in-needed');
  return actor.organisationId;
}
