import { addDays, isDay, type Day } from '../../kernel/index.js';
import type { Ledger } from '../../obligations/index.js';
import {
  addCounts,
  clauseProgress,
  evidenceMix,
  hideSmallCells,
  SMALLEST_SHOWN,
  UPTAKE_FIGURES,
  uptakeFigures,
  type ClauseProgress,
  type EvidenceMix,
  type Figure,
  type UptakeCounts,
  type UptakeFigure,
  type UptakeRow,
} from '../../monitoring/index.js';
import { workingGroupPaths } from './paths.js';

/** What can be taken away as a file: the figures themselves, each breakdown, the debts. */
export const EXPORTS = ['figures', 'by-contractor', 'by-municipality', 'clauses'] as const;
export type ExportName = (typeof EXPORTS)[number];

/** Addresses of one table: for a spreadsheet, as text, and what its columns mean. */
export interface Downloads {
  readonly xlsx: string;
  readonly csv: string;
  readonly columns: string;
}

export interface FiguresRow {
  /** Null for what names no municipality. */
  readonly name: string | null;
  /** Null for a small cell, which is not shown. */
  readonly figures: readonly (Figure | null)[];
}

export interface FiguresPage {
  readonly from: Day;
  /** Last day, inside. */
  readonly to: Day;
  /** All stages of the path, in order. */
  readonly figures: readonly Figure[];
  /** Places in `figures` of the six that are read first, and broken down; files hold them all. */
  readonly headlines: readonly number[];
  readonly byContractor: readonly FiguresRow[];
  readonly byMunicipality: readonly FiguresRow[];
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

export interface Period {
  readonly from: Day;
  /** First day after. */
  readonly until: Day;
}

/** The period asked for, or the year up to today. @param asked `from` and `to`, both inside */
export function readPeriod(asked: { readonly from?: unknown; readonly to?: unknown }, today: Day): Period {
  const to = isDay(asked.to) ? asked.to : today;
  const from = isDay(asked.from) ? asked.from : `${to.slice(0, 4)}-01-01`;
  return from <= to ? { from, until: addDays(to, 1) } : { from: to, until: addDays(from, 1) };
}

function downloadsFor(days: { readonly from: Day; readonly to: Day }): Record<ExportName, Downloads> {
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

export function figuresPage(
  rows: readonly UptakeRow[],
  period: Period,
  ledgers: readonly Ledger[],
): FiguresPage {
  const clauses = clauseProgress(ledgers);
  const byContractor = breakdown(rows, (row) => row.contractor);
  const byMunicipality = breakdown(rows, (row) => row.municipality);
  const days = { from: period.from, to: addDays(period.until, -1) };
  return {
    ...days,
    figures: uptakeFigures(addCounts(rows)),
    headlines: HEADLINES.map((key) => UPTAKE_FIGURES.indexOf(key)),
    byContractor,
    byMunicipality,
    isEmpty: rows.length === 0,
    hasHidden: [...byContractor, ...byMunicipality].some((row) => row.figures.includes(null)),
    smallestShown: SMALLEST_SHOWN,
    downloads: downloadsFor(days),
    clauses:
      clauses.debts === 0
        ? null
        : { ...clauses, share: clauses.honoured / clauses.debts, evidence: evidenceMix(ledgers) },
  };
}

function breakdown(rows: readonly UptakeRow[], nameOf: (row: UptakeRow) => string | null): FiguresRow[] {
  const groups = [...Map.groupBy<string | null, UptakeCounts>(rows, (row) => nameOf(row as UptakeRow))];
  const figures = hideSmallCells(groups.map(([, counts]) => uptakeFigures(addCounts(counts))));
  return groups
    .map(([name], index) => ({ name, figures: figures[index]! }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name, 'fr')));
}
