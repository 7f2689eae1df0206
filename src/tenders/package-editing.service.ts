import { Injectable } from '@nestjs/common';
import { compareDecimals, Refusal, type Actor, type Decimal } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { hoursRow, packageRow, valueRow } from './draft-rows.js';
import {
  correctQuantity,
  decideAct,
  inverse,
  packageFigures,
  sitesAfter,
  touchedPackages,
  type Home,
  type LabourTables,
  type PackageAct,
  type PlacedPackage,
  type Placement,
  type PlacementChange,
  type StoredBillLine,
  type Tender,
  type WorkPackage,
} from './domain/index.js';
import {
  correctLines,
  deletePackages,
  insertPackageChange,
  lastUndoable,
  moveLines,
  packageRows,
  pastActs,
  restorePackages,
  type BeforeChange,
  type UndoableChange,
} from './package-change.repository.js';
import {
  insertPackages,
  linesOf,
  linesOfTender,
  lockTender,
  packagesInShort,
  packagesOf,
  updatePackage,
} from './tender.repository.js';
import type { PackageCorrection } from './tender.service.js';
import type { WorkPackageRow } from './work-package.entity.js';

/** An act that was decided on a locked draft and is not stored yet. */
export interface DecidedAct {
  readonly tender: Tender;
  readonly kind: PackageAct['kind'] | 'line';
  readonly change: PlacementChange;
  /** Packages that were there and change or go: their findings are to be kept. */
  readonly existing: readonly string[];
}

/** Splits, merges and moves on the packages of a draft. Every method runs in the caller's transaction. */
@Injectable()
export class PackageEditing {
  constructor(private readonly clock: Clock) {}

  newPackageId(): string {
    return newId(this.clock.now());
  }

  /** @throws Refusal not-found, tender-not-draft, and those of `decideAct` */
  async decide(tx: Tx, tenderId: string, act: PackageAct): Promise<DecidedAct> {
    const tender = await lockDraft(tx, tenderId);
    const change = decideAct(await placementOf(tx, tenderId), act);
    if ('refused' in change) throw new Refusal(change.refused);
    const added = new Set(change.added.map(({ id }) => id));
    const touched = [...touchedPackages(change), ...change.removed.map(({ id }) => id)];
    return { tender, kind: act.kind, change, existing: touched.filter((id) => !added.has(id)) };
  }

  /**
   * One line of a draft with another quantity.
   * @param seen what stood when the person looked; null for none, undefined for somebody who did not look
   * @throws Refusal not-found, tender-not-draft; version-changed when it is another by now, and not the one wanted
   */
  async decideQuantity(
    tx: Tx,
    tenderId: string,
    lineId: string,
    quantity: Decimal,
    seen: Decimal | null | undefined,
  ): Promise<DecidedAct> {
    const tender = await lockDraft(tx, tenderId);
    const found = (await linesOfTender(tx, tenderId)).find(({ id }) => id === lineId);
    if (!found) throw new Refusal('not-found');
    if (seen !== undefined && !isSame(found.quantity, seen) && !isSame(found.quantity, quantity))
      throw new Refusal('version-changed', { found: found.quantity ?? '' });
    const change = correctQuantity({ ...found, home: homeOf(found) }, quantity);
    return { tender, kind: 'line', change, existing: touchedPackages(change) };
  }

  /**
   * Stores a decided act with what it takes to undo it.
   * @param findings of `existing`, by the room that owns them
   * @returns ids of the packages whose lines are others now
   */
  async store(
    tx: Tx,
    actor: Actor,
    decided: DecidedAct,
    findings: readonly object[],
  ): Promise<readonly string[]> {
    const { tender, change, kind } = decided;
    const before: BeforeChange = { packages: await packageRows(tx, decided.existing), findings };
    const stood = new Map(before.packages.map(({ id, sites }) => [id, sites]));
    const sites = sitesAfter(await pastActs(tx, tender.id), change.moved, stood);
    await this.addPackages(tx, tender, change, before.packages, sites);
    await apply(tx, change);
    for (const { id, version, sites: known } of before.packages) {
      const now = sites.get(id) ?? known;
      if (now.join() !== known.join()) await updatePackage(tx, id, version, { sites: [...now] });
    }
    await this.record(tx, actor, tender, kind, change, before, null);
    return touchedPackages(change);
  }

  /** The act that would be undone now; null when there is none. @throws Refusal not-found, tender-not-draft */
  async undoable(tx: Tx, tenderId: string): Promise<{ tender: Tender; last: UndoableChange | null }> {
    return { tender: await lockDraft(tx, tenderId), last: await lastUndoable(tx, tenderId) };
  }

  /**
   * Takes the act back: lines, packages and their corrections are as they were before it.
   * @param kept what people said of packages since stands: their lines alone are as before
   */
  async undo(tx: Tx, actor: Actor, tender: Tender, last: UndoableChange, kept: boolean): Promise<void> {
    const change = inverse(last.change);
    if (!kept) await restorePackages(tx, await withSitesSaidSince(tx, tender.id, last));
    await apply(tx, change);
    await this.record(tx, actor, tender, 'undo', change, { packages: [], findings: [] }, last.id);
  }

  /** Whether somebody decided on a package of the act since, or said something else of it. */
  async isSaidSince(tx: Tx, { before }: UndoableChange): Promise<boolean> {
    const now = await packageRows(
      tx,
      before.packages.map(({ id }) => id),
    );
    const said = ({ title, mode, sites, startsOn, endsOn, terms }: WorkPackageRow): string =>
      JSON.stringify([title, mode, sites, startsOn, endsOn, terms]);
    const then = new Map(before.packages.map((row) => [row.id, said(row)]));
    return now.some((row) => row.confirmed || row.offered || said(row) !== then.get(row.id));
  }

  /**
   * Value and hours from the lines as they are now. In a draft nobody has looked at the package since; what is
   * published stays offered.
   */
  async refreshFigures(
    tx: Tx,
    status: Tender['status'],
    packages: readonly { readonly item: WorkPackage; readonly trade: string | null }[],
    labour: LabourTables,
  ): Promise<void> {
    const lines = Map.groupBy(
      await linesOf(tx, ...packages.map(({ item }) => item.id)),
      (line) => line.packageId,
    );
    for (const { item, trade } of packages) {
      const { value, hours } = packageFigures(trade, lines.get(item.id) ?? [], labour);
      await updatePackage(tx, item.id, item.version, {
        ...(status === 'draft' ? { confirmed: false, offered: false } : {}),
        ...valueRow(value),
        ...hoursRow(hours),
      });
    }
  }

  /** Hours of a package whose trade is another one now; nothing for one without lines, which nobody counted. */
  async hoursFor(
    tx: Tx,
    packageId: string,
    trade: string | null,
    labour: LabourTables,
  ): Promise<Pick<PackageCorrection, 'hoursMin' | 'hoursMax' | 'hoursMethod'>> {
    const lines = await linesOf(tx, packageId);
    return lines.length === 0 ? {} : hoursRow(packageFigures(trade, lines, labour).hours);
  }

  /** A new package stands where its lines come from, and is done where they are done. */
  private async addPackages(
    tx: Tx,
    tender: Tender,
    change: PlacementChange,
    existing: readonly WorkPackageRow[],
    sites: ReadonlyMap<string, readonly string[]>,
  ): Promise<void> {
    const taken = new Set((await packagesInShort(tx, tender.id)).map(({ ref }) => ref));
    const now = this.clock.now();
    for (const added of change.added) {
      const source = existing[0];
      const ref = freeRef(source?.ref ?? 'x', taken);
      const along = sites.get(added.id) ?? [];
      const stated = along.length > 0 ? along : (source?.sites ?? tender.place.sites);
      const figures = { value: null, hours: null, sites: stated };
      const row = packageRow(
        tender,
        added.lotId,
        { ref, title: added.title, ...figures },
        source?.ordinal ?? taken.size,
        now,
      );
      const asked = source && {
        mode: source.mode,
        startsOn: source.startsOn,
        endsOn: source.endsOn,
        terms: source.terms,
      };
      await insertPackages(tx, [{ ...row, ...asked, id: added.id }]);
    }
  }

  private async record(
    tx: Tx,
    actor: Actor,
    tender: Tender,
    kind: DecidedAct['kind'] | 'undo',
    change: PlacementChange,
    before: BeforeChange,
    undoes: string | null,
  ): Promise<void> {
    if (!actor.personId) throw new Refusal('sign-in-needed');
    const now = this.clock.now();
    const { organisationId, id: tenderId } = tender;
    const done = { id: newId(now), doneBy: actor.personId, doneAt: now, replacedImportId: null };
    await insertPackageChange(tx, { ...done, organisationId, tenderId, kind, change, before, undoes });
  }
}

/** Packages as they were before an act, but for places that a person stated since. */
async function withSitesSaidSince(
  tx: Tx,
  tenderId: string,
  { id: actId, change, before }: UndoableChange,
): Promise<WorkPackageRow[]> {
  const acts = await pastActs(tx, tenderId);
  const past = acts.slice(
    0,
    acts.findIndex(({ id }) => id === actId),
  );
  const stood = new Map(before.packages.map(({ id, sites }) => [id, sites]));
  const after = sitesAfter(past, change.moved, stood);
  const now = new Map(
    (await packageRows(tx, [...stood.keys()])).map(({ id, sites }): [string, string[]] => [id, sites]),
  );
  return before.packages.map((row) => {
    const sites = now.get(row.id) ?? row.sites;
    const isSaid = sites.join() !== row.sites.join() && sites.join() !== after.get(row.id)?.join();
    return isSaid ? { ...row, sites } : row;
  });
}

async function lockDraft(tx: Tx, tenderId: string): Promise<Tender> {
  const tender = await lockTender(tx, tenderId);
  if (!tender) throw new Refusal('not-found');
  if (tender.status !== 'draft') throw new Refusal('tender-not-draft');
  return tender;
}

async function placementOf(tx: Tx, tenderId: string): Promise<Placement> {
  const packages = await packagesOf(tx, tenderId);
  const lines = await linesOfTender(tx, tenderId);
  return {
    packages: new Map(
      packages.map(({ id, lotId, title }): [string, PlacedPackage] => [id, { id, lotId, title }]),
    ),
    lines: new Map(lines.map((line) => [line.id, { id: line.id, lotId: line.lotId, home: homeOf(line) }])),
  };
}

function homeOf({ packageId, unassignedReason }: StoredBillLine): Home {
  return packageId === null ? { reason: unassignedReason ?? 'no-trade' } : { packageId };
}

/** Lines move before packages go: no line is ever without a home. */
async function apply(tx: Tx, change: PlacementChange): Promise<void> {
  const moved = await moveLines(tx, change.moved);
  const corrected = await correctLines(tx, change.corrected ?? []);
  if (moved !== change.moved.length || corrected !== (change.corrected ?? []).length)
    throw new Error('a line of a decided act is gone');
  await deletePackages(
    tx,
    change.removed.map(({ id }) => id),
  );
}

function freeRef(from: string, taken: Set<string>): string {
  let ref = from;
  for (let count = 2; taken.has(ref); count += 1) ref = `${from}-${count}`;
  taken.add(ref);
  return ref;
}

function isSame(left: Decimal | null, right: Decimal | null): boolean {
  return left === null || right === null ? left === right : compareDecimals(left, right) === 0;
}
