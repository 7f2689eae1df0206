import { Refusal, type Day } from '../../kernel/index.js';
import {
  listedLoss,
  shownLosses,
  SMALLEST_SHOWN,
  type Loss,
  type LossStage,
  type UptakePackage,
  type UptakePeriod,
} from '../../monitoring/index.js';
import type { Table } from '../../platform/spreadsheet/index.js';
import type { Pages } from '../shared/paging.js';
import { dayColumns, named, textColumn, type Say } from './figures-table.js';
import { readPage, PACKAGES_A_PAGE } from './packages.page.js';
import { workingGroupPaths, type AskedDays } from './paths.js';
import { daysOf } from './period.js';

export interface LossesPage extends AskedDays {
  readonly knownOn: Day;
  readonly stages: readonly {
    readonly stage: LossStage;
    readonly lost: number;
    readonly reasons: readonly {
      readonly words: string;
      readonly count: number;
      /** 0 to 1, of what was lost at the stage. */
      readonly share: number;
      /** Address of the packages; null where they may not be listed. */
      readonly href: string | null;
    }[];
  }[];
  readonly downloads: { readonly xlsx: string; readonly csv: string; readonly columns: string };
  readonly smallestShown: number;
}

export function lossesPage(losses: readonly Loss[], period: UptakePeriod, today: Day, say: Say): LossesPage {
  const days = daysOf(period);
  return {
    ...days,
    knownOn: period.known ?? today,
    stages: shownLosses(losses).map(({ stage, lost, reasons }) => ({
      stage,
      lost,
      reasons: reasons.map(({ reason, count }) => ({
        words: wordsOf(reason, say),
        count,
        share: count / lost,
        href: reason !== null && listedLoss(losses, reason) ? workingGroupPaths.lost(reason, days) : null,
      })),
    })),
    downloads: {
      xlsx: workingGroupPaths.export('losses.xlsx', days),
      csv: workingGroupPaths.export('losses.csv', days),
      columns: workingGroupPaths.export('losses-columns.csv', days),
    },
    smallestShown: SMALLEST_SHOWN,
  };
}

function wordsOf(reason: string | null, say: Say): string {
  if (reason === null) return say('losses.few');
  const [by, chosen] = reason.split(':');
  if (chosen === undefined) return say(`losses.reason.${reason}`);
  return say(`losses.by.${by}`, { reason: say(`${by}.reason.${chosen}`) });
}

/** The page as a file: a row for each stage and reason shown. */
export function lossesTable(page: LossesPage, say: Say): Table {
  const packages = { unit: say('figures.unit.packages'), source: say('figures.source.rows') };
  return {
    title: say('losses.title'),
    columns: [
      ...dayColumns(say),
      textColumn('stage', 'losses.stage', say),
      textColumn('reason', 'losses.reason', say),
      { ...named('lost', 'losses.count', say), ...packages },
    ],
    rows: page.stages.flatMap(({ stage, reasons }) =>
      reasons.map(({ words, count }) => [
        page.from,
        page.to,
        page.knownOn,
        say(`losses.at.${stage}`),
        words,
        count,
      ]),
    ),
  };
}

export interface LostPage extends AskedDays {
  readonly words: string;
  readonly count: number;
  readonly backHref: string;
  readonly packages: readonly UptakePackage[];
  readonly pages: Pages;
  readonly smallestShown: number;
}

/** What is asked for, when it may be listed. @throws Refusal `not-found` when not */
export function askedLoss(
  losses: readonly Loss[],
  query: Readonly<Record<string, unknown>>,
): { readonly loss: Loss; readonly number: number } {
  const loss = listedLoss(losses, String(query['reason']));
  if (!loss) throw new Refusal('not-found');
  return { loss, number: readPage(query['page'], loss.count) };
}

export function lostPage(
  { loss, number }: { readonly loss: Loss; readonly number: number },
  packages: readonly UptakePackage[],
  period: UptakePeriod,
  say: Say,
): LostPage {
  const days = daysOf(period);
  const total = Math.ceil(loss.count / PACKAGES_A_PAGE);
  return {
    ...days,
    words: wordsOf(loss.reason, say),
    count: loss.count,
    backHref: workingGroupPaths.losses(days),
    packages,
    pages: {
      current: number,
      total,
      href: Array.from({ length: total }, (_, index) => workingGroupPaths.lost(loss.reason, days, index + 1)),
    },
    smallestShown: SMALLEST_SHOWN,
  };
}
