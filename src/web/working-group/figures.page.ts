import type { Day } from '../../kernel/index.js';
import type { Ledger } from '../../obligations/index.js';
import {
  BREAKDOWNS,
  clauseProgress,
  evidenceMix,
  mayList,
  shownGroups,
  SMALLEST_SHOWN,
  UPTAKE_FIGURES,
  uptakeFigures,
  type BreakdownBy,
  type ClauseProgress,
  type EvidenceMix,
  type Figure,
  type Uptake,
  type UptakeFigure,
  type UptakePeriod,
} from '../../monitoring/index.js';
import type { GroupLabel } from '../shared/group-labels.js';
import { workingGroupPaths, type AskedDays } from './paths.js';
import { daysOf } from './period.js';

/** What can be taken away as a file: the figures themselves, each breakdown, the debts. */
export const EXPORTS = ['figures', ...BREAKDOWNS.map((by) => `by-${by}` as const), 'clauses'] as const;
export type ExportName = (typeof EXPORTS)[number];

/** Addresses of one table: for a spreadsheet, as text, and what its columns mean. */
export interface Downloads {
  readonly xlsx: string;
  readonly csv: string;
  readonly columns: string;
}

export interface FiguresRow {
  readonly label: string;
  /** All stages of the path, in order; null for a small cell, which is not shown. */
  readonly figures: readonly (Figure | null)[];
  /** Address of the packages behind each of the headlines; null where they may not be listed. */
  readonly links: readonly (string | null)[];
}

export interface Breakdown {
  readonly by: BreakdownBy;
  readonly file: ExportName;
  /** Largest first, what names none last. */
  readonly rows: readonly FiguresRow[];
}

export interface FiguresPage extends AskedDays {
  /** The day up to which all is known that the figures speak of. */
  readonly knownOn: Day;
  /** All stages of the path, in order. */
  readonly figures: readonly Figure[];
  /** Places in `figures` of the six that are read first, and broken down; files hold them all. */
  readonly headlines: readonly number[];
  readonly breakdowns: readonly Breakdown[];
  /** Rows of a breakdown that the page shows; its file holds all. */
  readonly mostRows: number;
  /** Why packages were lost on the path. */
  readonly lossesHref: string;
  readonly isEmpty: boolean;
  readonly hasHidden: boolean;
  readonly smallestShown: number;
  readonly downloads: Readonly<Record<ExportName, Downloads>>;
  /** Null while no debt of a main contract was entered. */
  readonly clauses: (ClauseProgress & { readonly share: number; readonly evidence: EvidenceMix }) | null;
}

const HEADLINES: readonly UptakeFigure[] = [
  'published',
  'placeable',
  'eligible',
  'answered',
  'awarded',
  'confirmed',
];
const MOST_ROWS = 20;

export function figuresPage(
  uptake: Uptake,
  period: UptakePeriod,
  ledgers: readonly Ledger[],
  today: Day,
  label: GroupLabel,
): FiguresPage {
  const days = daysOf(period);
  const clauses = clauseProgress(ledgers);
  const breakdowns = BREAKDOWNS.map((by) => breakdown(by, uptake, days, label));
  return {
    ...days,
    knownOn: period.known ?? today,
    figures: uptakeFigures(uptake.total),
    headlines: HEADLINES.map((key) => UPTAKE_FIGURES.indexOf(key)),
    breakdowns,
    mostRows: MOST_ROWS,
    lossesHref: workingGroupPaths.losses(days),
    isEmpty: uptake.total.published === 0,
    hasHidden: breakdowns.some(({ rows }) => rows.some(({ figures }) => figures.includes(null))),
    smallestShown: SMALLEST_SHOWN,
    downloads: downloadsFor(days),
    clauses:
      clauses.debts === 0
        ? null
        : { ...clauses, share: clauses.honoured / clauses.debts, evidence: evidenceMix(ledgers) },
  };
}

function breakdown(by: BreakdownBy, uptake: Uptake, days: AskedDays, label: GroupLabel): Breakdown {
  const groups = shownGroups(uptake.groups[by]).map((group) => ({ ...group, label: label(by, group) }));
  const size = ({ figures }: (typeof groups)[number], at: number): number => figures[at]?.numerator ?? 0;
  groups.sort(
    (a, b) =>
      Number(a.key === null) - Number(b.key === null) ||
      size(b, 0) - size(a, 0) ||
      size(b, 2) - size(a, 2) ||
      a.label.localeCompare(b.label, 'fr'),
  );
  const linkOf = (group: (typeof groups)[number], figure: UptakeFigure): string | null =>
    mayList(by, group, figure) ? workingGroupPaths.packages(by, group.key, figure, days) : null;
  return {
    by,
    file: `by-${by}`,
    rows: groups.map((group) => ({
      label: group.label,
      figures: group.figures,
      links: HEADLINES.map((figure) => linkOf(group, figure)),
    })),
  };
}

function downloadsFor(days: AskedDays): Record<ExportName, Downloads> {
  const each = EXPORTS.map((name): [ExportName, Downloads] => [
    name,
    {
      xlsx: workingGroupPaths.export(`${name}.xlsx`, days),
      csv: workingGroupPaths.export(`${name}.csv`, days),
      columns: workingGroupPaths.export(`${name}-columns.csv`, days),
    },
  ]);
  return Object.fromEntries(each) as Record<ExportName, Downloads>;
}
