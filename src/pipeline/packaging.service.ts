import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Decimal } from '../kernel/index.js';
import { Database, type Tx } from '../platform/db/index.js';
import { deleteTags, insertTags, saidBefore, tagRowsOf, type TagRow } from '../tagging/index.js';
import { PackageEditing, touchedPackages, type PackageAct, type UndoableChange } from '../tenders/index.js';
import { PackageFindings } from './package-findings.service.js';

/** Splits, merges and moves on the packages of a draft: lines, findings and figures change together. */
@Injectable()
export class PackagingService {
  constructor(
    private readonly db: Database,
    private readonly editing: PackageEditing,
    private readonly findings: PackageFindings,
  ) {}

  /** Lines become a package of their own. @returns its id. @throws Refusal as `decideAct`, tender-not-draft */
  async split(actor: Actor, tenderId: string, lines: readonly string[], title: string): Promise<string> {
    const into = { id: this.editing.newPackageId(), title };
    await this.act(actor, tenderId, { kind: 'split', lines, into });
    return into.id;
  }

  /** Several packages become one: the first of them. @throws Refusal as `decideAct`, tender-not-draft */
  merge(actor: Actor, tenderId: string, packages: readonly string[]): Promise<void> {
    return this.act(actor, tenderId, { kind: 'merge', packages });
  }

  /** Lines go to another package, or to none. @throws Refusal as `decideAct`, tender-not-draft */
  move(actor: Actor, tenderId: string, lines: readonly string[], to: string | null): Promise<void> {
    return this.act(actor, tenderId, { kind: 'move', lines, to });
  }

  /**
   * One line asks another quantity than was read. Findings stand; value and hours follow.
   * @param seen as `PackageEditingService.decideQuantity` has it
   * @throws Refusal tender-not-draft, version-changed
   */
  async correctQuantity(
    actor: Actor,
    tenderId: string,
    line: string,
    quantity: Decimal,
    seen?: Decimal | null,
  ): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const decided = await this.editing.decideQuantity(tx, tenderId, line, quantity, seen);
      const findings = await tagRowsOf(tx, decided.existing);
      const touched = await this.editing.store(tx, actor, decided, findings);
      await this.findings.refreshFigures(tx, decided.tender, touched);
    });
  }

  /**
   * Takes the last act back, findings and corrections included. A quantity is taken back alone where people decided on
   * its package since: the lines they looked at are the same.
   * @param seen number of the act a person saw as the last; undefined for somebody who did not look
   * @throws Refusal nothing-to-undo, tender-not-draft; version-changed when it is not the last any more
   */
  async undo(actor: Actor, tenderId: string, seen?: number): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const { tender, last } = await this.editing.undoable(tx, tenderId);
      if (seen !== undefined && seen !== last?.number) throw new Refusal('version-changed');
      if (!last) throw new Refusal('nothing-to-undo');
      const { packages, findings } = last.before;
      if (last.kind === 'line' && (await this.isDecidedSince(tx, last))) {
        await this.editing.undo(tx, actor, tender, last, true);
        await this.findings.refreshFigures(tx, tender, touchedPackages(last.change));
        return;
      }
      await deleteTags(
        tx,
        [...packages, ...last.change.added].map(({ id }) => id),
      );
      await this.editing.undo(tx, actor, tender, last, false);
      await insertTags(tx, findings as readonly TagRow[]);
    });
  }

  private async isDecidedSince(tx: Tx, last: UndoableChange): Promise<boolean> {
    const stateOf = (tags: readonly TagRow[]): string =>
      tags
        .map(({ id, state }) => `${id} ${state}`)
        .toSorted()
        .join();
    const now = await tagRowsOf(
      tx,
      last.before.packages.map(({ id }) => id),
    );
    return (
      stateOf(now) !== stateOf(last.before.findings as readonly TagRow[]) ||
      this.editing.isSaidSince(tx, last)
    );
  }

  private async act(actor: Actor, tenderId: string, act: PackageAct): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const decided = await this.editing.decide(tx, tenderId, act);
      const findings = await tagRowsOf(tx, decided.existing);
      const touched = await this.editing.store(tx, actor, decided, findings);
      await deleteTags(tx, decided.existing);
      await this.findings.findAnew(tx, decided.tender, touched, saidBefore(findings));
    });
  }
}
