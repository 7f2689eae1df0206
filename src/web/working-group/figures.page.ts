import type { Day } from '../../kernel/index.js';
import type { Ledger } from '../../obligations/index.js';
import {
  BREAKDOWNS,
  clauseProgress,
  evidenceMix,
  groupsIn,
  headlinesOf,
  LOSS_STAGES,
  mayList,
  regionsOf,
  shownGroups,
  SMALLEST_SHOWN,
  UPTAKE_FIGURES,
  type BreakdownBy,
  type ClauseProgress,
  type EvidenceMix,
  type Figure,
  type Headline,
  type HeadlineKey,
  type Territory,
  type Uptake,
  type UptakeFigure,
  type UptakePeriod,
  type Winners,
} from '../../monitoring/index.js';
import type { GroupLabel } from '../shared/group-labels.js';
import { workingGroupPaths, type AskedDays } from './paths.js';
import { daysOf, regionOf } from './period.js';

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
  readonly key: string | null;
  readonly label: string;
  /** All stages of the path, in order; null for a small cell, which is not shown. */
  readonly figures: readonly (Figure | null)[];
  /** Address of the packages behind each of the columns; null where they may not be listed. */
  readonly links: readonly (string | null)[];
}

export interface Breakdown {
  readonly by: BreakdownBy;
  readonly file: ExportName;
  /** Largest first, what names none last. */
  readonly rows: readonly FiguresRow[];
}

/** A territory that can be chosen, with its name. */
export interface Choice {
  readonly territory: Territory;
  readonly name: string;
}

export interface FiguresPage extends AskedDays {
  /** The day up to which all is known that the figures speak of. */
  readonly knownOn: Day;
  /** Of what all but debts and breakdowns speak; null for all packages. */
  readonly chosen: Choice | null;
  /** Regions from the largest to the finest, then municipalities: those that packages of the period lie in. */
  readonly choices: { readonly regions: readonly Choice[]; readonly municipalities: readonly Choice[] };
  /** The six that are read first, with the address of the rows behind them where rows may be shown. */
  readonly headlines: readonly (Headline & { readonly share: number | null; readonly href: string | null })[];
  /** All stages of the path, in order; null for what is not shown of a territory. */
  readonly figures: readonly (Figure | null)[];
  readonly stages: readonly { readonly key: UptakeFigure; readonly href: string | null }[];
  /** Places in `figures` of those that are broken down; files hold them all. */
  readonly columns: readonly number[];
  /** Of a territory, its municipalities alone: crosses of two breakdowns would give hidden figures away. */
  readonly breakdowns: readonly Breakdown[];
  /** Rows of a breakdown that the page shows; its file holds all. */
  readonly mostRows: number;
  /** Why packages were lost on the path, of the whole. */
  readonly lossesHref: string;
  /** The same days, of the whole. */
  readonly wholeHref: string;
  /** Pictures, and the tenders that are open to everybody. */
  readonly files: Readonly<Record<'map' | 'funnel' | 'releases', string>>;
  readonly isEmpty: boolean;
  readonly hasHidden: boolean;
  readonly smallestShown: number;
  readonly downloads: Readonly<Record<ExportName, Downloads>>;
  /** Null while no debt of a main contract was entered. */
  readonly clauses: (ClauseProgress & { readonly share: number; readonly evidence: EvidenceMix }) | null;
}

const COLUMNS: readonly UptakeFigure[] = [
  'published',
  'placeable',
  'eligible',
  'answered',
  'awarded',
  'confirmed',
];
const MOST_ROWS = 20;
/** Where on the page the rows of a headline stand. */
const ROWS: Readonly<Record<Exclude<HeadlineKey, 'published'>, string>> = {
  placeable: '#by-trade',
  eligible: '#by-kind',
  awarded: '#by-contractor',
  hours: '#clauses',
  winners: '#by-kind',
};

/** What the page is made of. */
export interface FiguresTold {
  readonly uptake: Uptake;
  /** Of the territory. */
  readonly winners: Winners;
  readonly ledgers: readonly Ledger[];
}

export function figuresPage(
  { uptake, winners, ledgers }: FiguresTold,
  period: UptakePeriod,
  territory: Territory | null,
  today: Day,
  label: GroupLabel,
): FiguresPage {
  const days = daysOf(period);
  const here = daysOf(period, territory);
  const clauses = clauseProgress(ledgers);
  const { figures, headlines } = headlinesOf({ uptake, winners, clauses }, territory, regionOf);
  const all = BREAKDOWNS.map((by) => breakdown(by, uptake, days, label));
  const inside = new Set(
    territory === null ? [] : groupsIn(uptake.groups.municipality, territory, regionOf).map(({ key }) => key),
  );
  const breakdowns =
    territory === null
      ? all
      : all
          .filter(({ by }) => by === 'municipality')
          .map((one) => ({ ...one, rows: one.rows.filter(({ key }) => inside.has(key)) }));
  const published = figures[0]!.numerator;
  const listHref = published >= SMALLEST_SHOWN ? workingGroupPaths.published(here) : null;
  const rowsOf = ({ key, value }: Headline): string | null => {
    if (key === 'published') return listHref;
    if (key === 'hours') return clauses.debts === 0 ? null : ROWS.hours;
    const isShown = value !== null && published > 0;
    return !isShown ? null : territory === null ? ROWS[key] : '#by-municipality';
  };
  return {
    ...days,
    knownOn: period.known ?? today,
    chosen: territory === null ? null : { territory, name: nameOf(territory, label) },
    choices: choicesOf(uptake, territory, label),
    headlines: headlines.map((headline) => ({
      ...headline,
      share: shareOf(headline),
      href: rowsOf(headline),
    })),
    figures,
    stages: UPTAKE_FIGURES.map((key) => ({
      key,
      href: territory === null ? stageHref(key, listHref, days) : null,
    })),
    columns: COLUMNS.map((key) => UPTAKE_FIGURES.indexOf(key)),
    breakdowns,
    mostRows: MOST_ROWS,
    lossesHref: workingGroupPaths.losses(days),
    wholeHref: workingGroupPaths.figures(days),
    isEmpty: uptake.total.published === 0,
    hasHidden:
      figures.includes(null) || breakdowns.some(({ rows }) => rows.some((row) => row.figures.includes(null))),
    smallestShown: SMALLEST_SHOWN,
    downloads: downloadsFor(days, here),
    files: {
      map: workingGroupPaths.export('map.svg', days),
      funnel: workingGroupPaths.export('funnel.svg', here),
      releases: workingGroupPaths.export('releases.json', days),
    },
    clauses:
      clauses.debts === 0
        ? null
        : { ...clauses, share: clauses.honoured / clauses.debts, evidence: evidenceMix(ledgers) },
  };
}

/** Published packages are listed; of those that came no further the reasons are told. */
function stageHref(key: UptakeFigure, listHref: string | null, days: AskedDays): string | null {
  if (key === 'published') return listHref;
  return LOSS_STAGES.some((stage) => stage === key) ? workingGroupPaths.losses(days, key) : null;
}

function shareOf({ value }: Headline): number | null {
  return value?.denominator ? value.numerator / value.denominator : null;
}

function nameOf(territory: Territory, label: GroupLabel): string {
  return label('municipality', { key: territory, name: null });
}

/** What packages of the period lie in, and what was asked for. */
function choicesOf(
  { groups }: Uptake,
  territory: Territory | null,
  label: GroupLabel,
): FiguresPage['choices'] {
  const asked = territory === null ? [] : [territory];
  const keys = groups.municipality.map(({ key }) => key);
  const regions = new Set([...keys.flatMap((key) => regionsOf(key, regionOf)), ...asked.filter(isRegion)]);
  const known = keys.filter((key) => key !== null && regionOf(key) !== null) as Territory[];
  const municipalities = new Set([...known, ...asked.filter((one) => !isRegion(one))]);
  const named = (all: Iterable<Territory>): Choice[] =>
    [...all].map((one) => ({ territory: one, name: nameOf(one, label) }));
  return {
    regions: named(regions).sort(
      (a, b) => a.territory.length - b.territory.length || a.name.localeCompare(b.name, 'fr'),
    ),
    municipalities: named(municipalities).sort((a, b) => a.name.localeCompare(b.name, 'fr')),
  };
}

function isRegion(territory: Territory): boolean {
  return /^[A-Z]/.test(territory);
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
      key: group.key,
      label: group.label,
      figures: group.figures,
      links: COLUMNS.map((figure) => linkOf(group, figure)),
    })),
  };
}

/** The figures themselves are those of the territory; breakdowns and debts those of the whole. */
function downloadsFor(whole: AskedDays, here: AskedDays): Record<ExportName, Downloads> {
  const each = EXPORTS.map((name): [ExportName, Downloads] => {
    const address = (file: string): string =>
      workingGroupPaths.export(file, name === 'figures' ? here : whole);
    return [
      name,
      { xlsx: address(`${name}.xlsx`), csv: address(`${name}.csv`), columns: address(`${name}-columns.csv`) },
    ];
  });
  return Object.fromEntries(each) as Record<ExportName, Downloads>;
}
