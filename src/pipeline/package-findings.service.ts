import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/index.js';
import {
  TaggingService,
  TagRuleService,
  tagsOf,
  withSaidBefore,
  type SaidBefore,
  type Tag,
} from '../tagging/index.js';
import {
  linesOf,
  loadLabourTables,
  lotsOf,
  numberingOfImport,
  PackageEditing,
  packagesOf,
  type PackageCorrection,
  type Tender,
} from '../tenders/index.js';
import { tagStoredPackage } from './propose-packages.js';

/** What is known of packages whose lines changed: findings and figures, from the lines they have now. */
@Injectable()
export class PackageFindings {
  constructor(
    private readonly editing: PackageEditing,
    private readonly tagging: TaggingService,
    private readonly rules: TagRuleService,
  ) {}

  /**
   * For packages without findings, and their figures.
   * @param said what people had decided on them, when their lines were others
   */
  async findAnew(
    tx: Tx,
    tender: Tender,
    packageIds: readonly string[],
    said: ReadonlyMap<string, SaidBefore> = new Map(),
  ): Promise<void> {
    const wanted = new Set(packageIds);
    const lots = new Map((await lotsOf(tx, tender.id)).map((lot) => [lot.id, lot]));
    const rules = await this.rules.inForce(
      tx,
      tender.organisationId,
      await numberingOfImport(tx, tender.importId),
    );
    const lines = Map.groupBy(await linesOf(tx, ...packageIds), (line) => line.packageId);
    const found = (await packagesOf(tx, tender.id))
      .filter(({ id }) => wanted.has(id))
      .map((item) => {
        const tags = tagStoredPackage(tender, lots.get(item.lotId)!, item, lines.get(item.id) ?? [], rules);
        const before = said.get(item.id);
        return [item.id, before ? withSaidBefore(tags, before) : tags] as const;
      });
    await this.tagging.keep(tx, tender.organisationId, new Map(found));
    await this.refreshFigures(tx, tender, packageIds);
  }

  /** Value and hours alone: what a person confirmed on a published package stands. */
  async refreshFigures(tx: Tx, tender: Tender, packageIds: readonly string[]): Promise<void> {
    const wanted = new Set(packageIds);
    const tags = Map.groupBy(await tagsOf(tx, packageIds), (tag) => tag.packageId);
    const packages = (await packagesOf(tx, tender.id))
      .filter(({ id }) => wanted.has(id))
      .map((item) => ({ item, trade: tradeOf(tags.get(item.id) ?? []) }));
    await this.editing.refreshFigures(tx, tender.status, packages, loadLabourTables());
  }

  /** Hours depend on the trade: whoever decides on several reads those of the surest. */
  async hoursFor(tx: Tx, packageId: string, decided: readonly string[]): Promise<PackageCorrection> {
    const known = (await tagsOf(tx, [packageId])).filter(({ value }) => decided.includes(value));
    const trade = tradeOf(known) ?? decided[0] ?? null;
    return this.editing.hoursFor(tx, packageId, trade, loadLabourTables());
  }
}

/** Tags come with the surest first. */
function tradeOf(tags: readonly Tag[]): string | null {
  return tags.find((tag) => tag.kind === 'trade' && tag.state !== 'rejected')?.value ?? null;
}
