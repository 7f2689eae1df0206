import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { rewriteLines, setLinesAside } from './correction.repository.js';
import {
  asksAgain,
  compareFacts,
  differencesByPackage,
  fieldOf,
  packageOf,
  pairLines,
  planCorrection,
  reconfirmBy,
  sameLots,
  type CorrectedLine,
  type CorrectionPlan,
  type FactDifference,
  type LineCorrection,
  type LineName,
  type LotName,
  type ParsedTender,
  type StandingLine,
  type StoredLot,
  type Tender,
} from './domain/index.js';
import { daysOfWorks, lineWords, lotRow, packageRow, type DraftProposal } from './draft-rows.js';
import { takeStaged, wholeSaidBy, type Import } from './import.repository.js';
import { insertAmendments } from './package-amendment.repository.js';
import { insertWithdrawals } from './published.repository.js';
import {
  deletePackages,
  figuresRead,
  insertPackageChange,
  lastChangeNumber,
  moveLines,
  packageRows,
} from './package-change.repository.js';
import { shareCorrected } from './shared-file.repository.js';
import {
  insertLines,
  insertLots,
  insertPackages,
  lineNames,
  linesInShort,
  lockTender,
  lotsOf,
  packagesInShort,
  packagesNamed,
  packagesOf,
  recordTenderVersion,
  renameLots,
  tenderById,
  updateTender,
} from './tender.repository.js';

export interface Correction {
  readonly tender: Tender;
  readonly opened: Import & { readonly parsed: ParsedTender };
  readonly proposal: DraftProposal;
  readonly plan: CorrectionPlan;
  /** What the documents say of the whole differently: told, and not taken over. */
  readonly facts: readonly FactDifference[];
  /** What the document was compared with: another one once the tender or its packages have changed. */
  readonly comparedWith: string;
  /** As they stand. */
  readonly packages: readonly { readonly id: string; readonly title: string; readonly lotId: string }[];
}

/** A correction as one page of its differences needs it: of thousands of lines, those that are shown. */
export interface CorrectionSeen extends Omit<Correction, 'packages'> {
  /** Names of the packages that are shown. */
  readonly titles: ReadonlyMap<string, string>;
  readonly removed: {
    readonly count: number;
    /** Those of the page: they come after all that is added or changed. */
    readonly shown: readonly (LineName & { readonly packageId: string | null })[];
  };
}

/** Which of all differences a page shows, once it is known how many there are. */
export type DifferencesShown = (all: number) => { readonly from: number; readonly size: number };

export interface CorrectionDone {
  /** Packages whose lines are others now, new ones included. */
  readonly touched: readonly string[];
  /** Packages that lost all their lines. */
  readonly emptied: readonly string[];
  /** Told to those who answered; null for a draft. */
  readonly eventId: string | null;
}

/** A corrected document for a tender: what differs, and making it so. Runs in the caller's transaction. */
@Injectable()
export class CorrectionService {
  constructor(private readonly clock: Clock) {}

  /** What accepting would do. The tender is locked. @throws Refusal not-found, tender-closed, import-not-staged */
  async plan(tx: Tx, tenderId: string, opened: Import, proposal: DraftProposal): Promise<Correction> {
    const { tender, parsed } = this.correctable(await lockTender(tx, tenderId), opened);
    const lots = await lotsOf(tx, tenderId);
    const names = lotNames(lots);
    const packages = await packagesInShort(tx, tenderId);
    const plan = planCorrection(
      standingLines(await linesInShort(tx, tenderId), names),
      correctedLines(parsed),
      proposedGroups(proposal),
      packages.map(({ id, ref, lotId }) => ({ id, ref, lotRef: names.get(lotId)!.lotRef })),
      await figuresRead(tx, tenderId),
    );
    const facts = await factsThatDiffer(tx, tender, parsed);
    const comparedWith = await standOf(tx, tender);
    return { tender, opened: { ...opened, parsed }, proposal, plan, facts, comparedWith, packages };
  }

  /**
   * One page of what accepting would do, by the same decision: only lines that are found again are read whole.
   * @throws Refusal as `plan`
   */
  async see(
    tx: Tx,
    tenderId: string,
    opened: Import,
    proposal: DraftProposal,
    { shown, names }: { readonly shown: DifferencesShown; readonly names: number },
  ): Promise<CorrectionSeen> {
    const { tender, parsed } = this.correctable(await tenderById(tx, tenderId), opened);
    const lotName = lotNames(await lotsOf(tx, tenderId));
    const corrected = correctedLines(parsed);
    const all = (await lineNames(tx, tenderId)).flatMap(({ lotId, ids, ...lists }) => {
      return ids.map((id, at) => ({
        ...lotName.get(lotId)!,
        id,
        packageId: lists.packageIds[at] ?? null,
        ref: lists.refs[at] ?? null,
        label: lists.labels[at]!,
        unit: lists.units[at] ?? null,
        quantity: lists.quantities[at] ?? null,
        section: lists.sections[at] ?? [],
        zone: lists.zones[at] ?? null,
      }));
    });
    const lots = sameLots(all, corrected);
    const { pairs, removed: gone } = pairLines(all, corrected, lots);
    const found = pairs.map(([{ id }]) => id);
    const groups = proposedGroups(proposal);
    const sameName = { refs: groups.map(({ ref }) => ref), ids: [] };
    const plan = planCorrection(
      standingLines(await linesInShort(tx, tenderId, found), lotName),
      corrected,
      groups,
      (await packagesNamed(tx, tenderId, sameName)).map(({ id, ref, lotId }) => ({
        id,
        ref,
        lotRef: lotName.get(lotId)!.lotRef,
      })),
      await figuresRead(tx, tenderId),
      {
        lots,
        packageIds: gone.map(({ packageId }) => packageId).filter((id) => id !== null),
      },
    );
    const others = plan.diff.added.length + plan.diff.pairs.filter((pair) => pair.fields.length > 0).length;
    const { from, size } = shown(others + gone.length);
    const goneShown = gone.slice(Math.max(0, from - others), Math.max(0, from + size - others));
    const named = [
      ...[...plan.changed].slice(0, names),
      ...[...plan.emptied].slice(0, names),
      ...goneShown.map(({ packageId }) => packageId),
      ...plan.homes.map((home) => ('packageId' in home ? home.packageId : null)),
      ...plan.diff.pairs.filter((pair) => pair.fields.length > 0).map(({ before }) => packageOf(before)),
    ];
    const ids = [...new Set(named.filter((id) => id !== null))];
    const titles = await packagesNamed(tx, tenderId, { refs: [], ids });
    return {
      tender,
      opened: { ...opened, parsed },
      proposal,
      plan,
      facts: await factsThatDiffer(tx, tender, parsed),
      comparedWith: await standOf(tx, tender),
      titles: new Map(titles.map(({ id, title }) => [id, title])),
      removed: {
        count: gone.length,
        shown: goneShown,
      },
    };
  }

  private correctable(tender: Tender | null, opened: Import): { tender: Tender; parsed: ParsedTender } {
    if (!tender || tender.organisationId !== opened.organisationId) throw new Refusal('not-found');
    const isOpen = tender.deadline === null || tender.deadline > this.clock.now();
    if (tender.status === 'withdrawn' || (tender.status === 'published' && !isOpen)) {
      throw new Refusal('tender-closed');
    }
    if (opened.state !== 'staged' || !opened.parsed) throw new Refusal('import-not-staged');
    return { tender, parsed: opened.parsed };
  }

  /** Makes the tender say what the corrected document says. @throws Refusal import-not-staged */
  async accept(
    tx: Tx,
    actor: Actor,
    correction: Correction,
    findings: readonly object[],
  ): Promise<CorrectionDone> {
    const { tender, opened, plan } = correction;
    if (!actor.personId) throw new Refusal('sign-in-needed');
    if (!(await takeStaged(tx, opened.id))) throw new Refusal('import-not-staged');
    const existing = [...plan.changed, ...plan.emptied];
    const before = { packages: await packageRows(tx, existing), findings };
    const lots = await this.addLots(tx, correction);
    await setLinesAside(tx, tender.id);
    const placed = placedLines(correction, lots);
    await rewriteLines(tx, rewritten(correction, placed));
    await moveLines(
      tx,
      plan.diff.removed.map(({ id }) => ({ line: id, to: { reason: 'removed' } })),
    );
    const made = await this.addPackages(tx, correction, lots);
    await this.addLines(tx, correction, placed, made);
    const emptied = [...plan.emptied];
    if (tender.status === 'draft') await deletePackages(tx, emptied);
    else
      await this.withdraw(
        tx,
        { ...tender, by: actor.personId },
        before.packages.filter(isOfferedOf(emptied)),
      );
    await updateTender(tx, tender, { importId: opened.id });
    await shareCorrected(tx, tender.id, opened.sourceFileId);
    const now = this.clock.now();
    await insertPackageChange(tx, {
      id: newId(now),
      organisationId: tender.organisationId,
      tenderId: tender.id,
      kind: 'correction',
      change: summary(plan),
      before,
      undoes: null,
      replacedImportId: tender.importId,
      doneBy: actor.personId,
      doneAt: now,
    });
    const eventId = tender.status === 'published' ? await this.tell(tx, actor, correction) : null;
    return { touched: [...plan.changed, ...made.values()], emptied, eventId };
  }

  /** What a published tender no longer has is taken back from those who were offered it. */
  private async withdraw(
    tx: Tx,
    { id: tenderId, organisationId, by }: Pick<Tender, 'id' | 'organisationId'> & { readonly by: string },
    packages: readonly { readonly id: string }[],
  ): Promise<void> {
    const [ids, at] = [packages.map(({ id }) => id), this.clock.now()];
    const reason = 'not-in-document';
    await insertWithdrawals(tx, ids, { reason, message: null, by, at });
    for (const subjectId of ids) {
      const payload = { tenderId, reason };
      await emit(tx, { type: 'package.withdrawn', organisationId, subjectId, payload, at });
    }
  }

  private async tell(tx: Tx, actor: Actor, { tender, plan }: Correction): Promise<string> {
    const at = this.clock.now();
    const packages = await packagesOf(tx, tender.id);
    await recordTenderVersion(tx, {
      id: newId(at),
      tenderId: tender.id,
      organisationId: tender.organisationId,
      version: tender.version + 1,
      snapshot: { ...tender, packages },
      by: actor.personId,
      at,
    });
    const about = { organisationId: tender.organisationId, at };
    const until = reconfirmBy(tender.deadline, at);
    const offered = new Set(packages.filter((item) => item.offered).map(({ id }) => id));
    await insertAmendments(
      tx,
      [...differencesByPackage(plan)]
        .filter(([packageId]) => offered.has(packageId))
        .map(([packageId, differences]) => {
          const of = { organisationId: tender.organisationId, tenderId: tender.id, packageId };
          return { ...of, id: newId(at), differences, reconfirmBy: until, amendedAt: at };
        }),
    );
    const payload = { packages: [...plan.changed, ...plan.emptied] };
    await emit(tx, { ...about, type: 'package.changed', subjectId: tender.id, payload });
    return emit(tx, {
      ...about,
      type: 'tender.amended',
      subjectId: tender.id,
      payload: {
        changed: [...plan.changed],
        emptied: [...plan.emptied],
        reconfirmBy: until.toISOString(),
      },
    });
  }

  /**
   * Lots that are the same are called as the corrected document calls them; what it has besides is new.
   * @returns the id of each lot of the corrected document, by its position
   */
  private async addLots(tx: Tx, { tender, opened, plan }: Correction): Promise<readonly string[]> {
    const now = this.clock.now();
    const standing = await lotsOf(tx, tender.id);
    const { lots } = opened.parsed;
    const idOf = new Map(standing.map(({ id, ref }) => [ref, id]));
    // A lot that was divided stays one: its packages stand in it.
    const divided = new Map(plan.diff.pairs.map(({ before, after }) => [after.lotIndex, before.lotId]));
    const same = lots.map(({ ref }) => idOf.get(plan.lots.same.get(ref) ?? '') ?? null);
    const known = lots.map(({ ref }, index) => {
      const called = idOf.get(ref) ?? null;
      return same[index] ?? divided.get(index) ?? (same.includes(called) ? null : called);
    });
    const taken = new Set(standing.filter(({ id }) => !same.includes(id)).map(({ ref }) => ref));
    const called = lots.map(({ ref }, index) =>
      known[index] !== null && same[index] === null ? ref : freeRef(ref, taken),
    );
    await renameLots(
      tx,
      lots.flatMap((_, index) => (same[index] ? [{ id: same[index], ref: called[index]! }] : [])),
    );
    const added = lots.map((lot, index) =>
      known[index] === null
        ? lotRow(tender, { ...lot, ref: called[index]! }, standing.length + index, now)
        : null,
    );
    await insertLots(
      tx,
      added.filter((row) => row !== null),
    );
    return lots.map((_, index) => known[index] ?? added[index]!.id);
  }

  /** @returns ids of the new packages, by the position of their proposal */
  private async addPackages(
    tx: Tx,
    { tender, opened, proposal, plan }: Correction,
    lots: readonly string[],
  ): Promise<ReadonlyMap<number, string>> {
    const now = this.clock.now();
    const taken = new Set((await packagesInShort(tx, tender.id)).map(({ ref }) => ref));
    const rows = plan.newPackages.map((index) => {
      const draft = proposal.packages[index]!;
      return {
        ...packageRow(
          tender,
          lots[draft.lot]!,
          { ...draft, ref: freeRef(draft.ref, taken) },
          taken.size,
          now,
        ),
        ...daysOfWorks(opened.parsed.lots[draft.lot]!),
      };
    });
    await insertPackages(tx, rows);
    return new Map(plan.newPackages.map((index, at) => [index, rows[at]!.id]));
  }

  private async addLines(
    tx: Tx,
    { tender, opened, proposal, plan }: Correction,
    placed: PlacedLines,
    made: ReadonlyMap<number, string>,
  ): Promise<void> {
    const now = this.clock.now();
    const reasons = new Map(proposal.unassigned.map(({ lot, line, reason }) => [`${lot}/${line}`, reason]));
    await insertLines(
      tx,
      plan.homes.map((home) => {
        const { lotIndex, lineIndex } = home.line;
        const packageId =
          'packageId' in home ? home.packageId : 'proposal' in home ? made.get(home.proposal)! : null;
        const reason = reasons.get(`${lotIndex}/${lineIndex}`) ?? 'no-trade';
        return {
          ...lineWords(opened.parsed.lots[lotIndex]!.lines[lineIndex]!),
          id: newId(now),
          organisationId: tender.organisationId,
          ...placed.get(home.line)!,
          packageId,
          unassignedReason: packageId === null ? reason : null,
        };
      }),
    );
  }
}

function freeRef(from: string, taken: Set<string>): string {
  let ref = from;
  for (let count = 2; taken.has(ref); count += 1) ref = `${from}-${count}`;
  taken.add(ref);
  return ref;
}

function isOfferedOf(ids: readonly string[]) {
  return (item: { readonly id: string; readonly offered: boolean }): boolean =>
    item.offered && ids.includes(item.id);
}

async function standOf(tx: Tx, { id, version }: Tender): Promise<string> {
  return `${version}.${await lastChangeNumber(tx, id)}`;
}

function lotNames(lots: readonly StoredLot[]): ReadonlyMap<string, LotName> {
  return new Map(lots.map(({ id, ref, title }) => [id, { lotRef: ref, lotTitle: title }]));
}

function standingLines(
  lines: Awaited<ReturnType<typeof linesInShort>>,
  lotName: ReadonlyMap<string, LotName>,
): StandingLine[] {
  return lines.map((line) => ({
    ...line,
    ...lotName.get(line.lotId)!,
    home:
      line.packageId === null
        ? { reason: line.unassignedReason ?? 'no-trade' }
        : { packageId: line.packageId },
  }));
}

async function factsThatDiffer(
  tx: Tx,
  { importId }: Tender,
  parsed: ParsedTender,
): Promise<readonly FactDifference[]> {
  const former = await wholeSaidBy(tx, importId);
  return former ? compareFacts(former, parsed) : [];
}

function proposedGroups({ packages }: DraftProposal) {
  return packages.map(({ ref, lot, lines }) => ({ ref, lotIndex: lot, lineIndexes: lines }));
}

function correctedLines(parsed: ParsedTender): CorrectedLine[] {
  return parsed.lots.flatMap((lot, lotIndex) =>
    lot.lines.map((line, lineIndex) => ({
      ...lineWords(line),
      lotRef: lot.ref,
      lotTitle: lot.title,
      lotIndex,
      lineIndex,
    })),
  );
}

type PlacedLines = ReadonlyMap<CorrectedLine, { readonly lotId: string; readonly ordinal: number }>;

/** The lot of each line and its position there: a line stands in the lot of its package, in the order of the document. */
function placedLines({ plan, packages }: Correction, lots: readonly string[]): PlacedLines {
  const lotOfPackage = new Map(packages.map(({ id, lotId }) => [id, lotId]));
  const lines = [
    ...plan.diff.pairs.map(({ before, after }) => ({ line: after, lotId: before.lotId })),
    ...plan.homes.map((home) => ({
      line: home.line,
      lotId:
        ('packageId' in home ? lotOfPackage.get(home.packageId) : undefined) ?? lots[home.line.lotIndex]!,
    })),
  ].toSorted((a, b) => a.line.lotIndex - b.line.lotIndex || a.line.lineIndex - b.line.lineIndex);
  const counts = new Map<string, number>();
  return new Map(
    lines.map(({ line, lotId }) => {
      const ordinal = counts.get(lotId) ?? 0;
      counts.set(lotId, ordinal + 1);
      return [line, { lotId, ordinal }];
    }),
  );
}

function rewritten({ opened, plan }: Correction, placed: PlacedLines) {
  return plan.diff.pairs.map(({ before, after, fields }) => ({
    ...lineWords(opened.parsed.lots[after.lotIndex]!.lines[after.lineIndex]!),
    // What was found in its words is named by where it stands in them.
    label: fields.includes('label') ? after.label : before.label,
    quantity: after.quantity,
    total: after.total,
    id: before.id,
    ordinal: placed.get(after)!.ordinal,
  }));
}

/** What the history keeps: the numbers, the words before and after of all that differs, and what a person's word stands against. */
function summary({ diff }: CorrectionPlan) {
  const differing = diff.pairs.filter(asksAgain);
  return {
    added: diff.added.length,
    removed: diff.removed.length,
    changed: differing.length,
    lines: differing.map(({ before, after, fields }) => ({
      line: before.id,
      before: Object.fromEntries(fields.map((field) => [field, fieldOf(before, field)])),
      after: Object.fromEntries(fields.map((field) => [field, fieldOf(after, field)])),
    })),
    removedLines: diff.removed.map(({ id }) => id),
    corrected: diff.pairs.flatMap(({ before, after, read }) =>
      read === undefined
        ? []
        : [
            {
              line: before.id,
              home: before.home,
              from: read,
              to: { quantity: after.quantity, total: after.total },
            } satisfies LineCorrection,
          ],
    ),
  };
}
