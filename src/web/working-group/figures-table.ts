import { EVIDENCE, SMALLEST_SHOWN, UPTAKE_FIGURES, type Figure } from '../../monitoring/index.js';
import type { MessageParams } from '../../platform/i18n/index.js';
import type { Cell, Column, DictionaryWords, Table } from '../../platform/spreadsheet/index.js';
import type { Breakdown, ExportName, FiguresPage, FiguresRow } from './figures.page.js';

/** A sentence in the language of the one who asks. */
export type Say = (key: string, params?: MessageParams) => string;

/** One table of the page with the page's own values: what is hidden there is an empty cell here. */
export function figuresTable(name: ExportName, page: FiguresPage, say: Say): Table {
  if (name === 'figures') return figures(page, say);
  if (name === 'clauses') return clauses(page, say);
  return breakdown(
    page.breakdowns.find(({ file }) => file === name)!,
    page,
    say,
  );
}

/** The table with the name of the state it was made from on every row: rows are copied without their file. */
export function stamped(table: Table, snapshot: string, say: Say): Table {
  return {
    ...table,
    columns: [...table.columns, textColumn('snapshot', 'figures.snapshot', say)],
    rows: table.rows.map((row) => [...row, snapshot]),
  };
}

export function dictionaryWords(say: Say): DictionaryWords {
  return {
    title: say('figures.export.columns'),
    key: say('figures.column.key'),
    name: say('figures.column.name'),
    definition: say('figures.column.definition'),
    unit: say('figures.column.unit'),
    source: say('figures.column.source'),
  };
}

/** The path, then the two headlines that count no packages. */
function figures(page: FiguresPage, say: Say): Table {
  const own = { unit: say('figures.unit.text'), source: say('figures.source.rows') };
  const first: Cell[] = [...daysOf(page), page.chosen?.name ?? null];
  const others = page.headlines.filter(({ key }) => key === 'hours' || key === 'winners');
  return {
    title: say('figures.all'),
    columns: [
      ...dayColumns(say),
      { ...named('territory', 'figures.territory', say), ...own },
      textColumn('figure', 'figures.column.figure', say),
      textColumn('definition', 'figures.column.definition', say),
      { ...named('unit', 'figures.column.unit', say), ...own },
      { ...named('numerator', 'figures.column.numerator', say), ...own, unit: say('figures.unit.own') },
      { ...named('denominator', 'figures.column.denominator', say), ...own, unit: say('figures.unit.own') },
      { ...named('share', 'figures.column.share', say), ...own, unit: say('figures.unit.share') },
    ],
    rows: [
      ...UPTAKE_FIGURES.map((key, at) => [
        ...first,
        say(`figure.${key}`),
        say(`figure.${key}.definition`),
        say('figures.unit.packages'),
        page.figures[at]?.numerator ?? null,
        page.figures[at]?.denominator ?? null,
        shortened(page.figures[at]?.share ?? null),
      ]),
      ...others.map(({ key, value, share }) => [
        ...first,
        say(`headline.${key}`),
        say(`headline.${key}.definition`),
        say(key === 'hours' ? 'figures.unit.hours' : 'figures.unit.enterprises'),
        value?.numerator ?? null,
        value?.denominator ?? null,
        shortened(share),
      ]),
    ],
  };
}

function breakdown({ by, rows }: Breakdown, page: FiguresPage, say: Say): Table {
  const hidden = say('figures.hiddenWhy', { smallest: SMALLEST_SHOWN });
  const perFigure = UPTAKE_FIGURES.map((key): Column => ({
    key: `packages_${key}`,
    name: say(`figure.${key}`),
    definition: `${say(`figure.${key}.definition`)} ${say('figures.column.count')} ${hidden}`,
    unit: say('figures.unit.packages'),
    source: say('figures.source.rows'),
  }));
  const valuesOf = ({ label, figures: list }: FiguresRow): Cell[] => [
    ...daysOf(page),
    label,
    ...list.map((figure: Figure | null) => figure?.numerator ?? null),
  ];
  return {
    title: say(`figures.by.${by}`),
    columns: [...dayColumns(say), textColumn(by, `figures.head.${by}`, say), ...perFigure],
    rows: rows.map(valuesOf),
  };
}

function clauses(page: FiguresPage, say: Say): Table {
  const own = { unit: say('figures.unit.route'), source: say('figures.source.ledger') };
  const amount = (key: string): Column => ({ ...named(key, `figures.clauses.${key}`, say), ...own });
  const known = page.clauses;
  return {
    title: say('figures.clauses'),
    columns: [
      textColumn('to', 'figures.to', say),
      textColumn('route', 'figures.clauses.route', say),
      amount('owed'),
      amount('performed'),
      amount('proven'),
      ...EVIDENCE.map((evidence): Column => ({ ...amount(evidence), key: `performed_${evidence}` })),
    ],
    rows:
      known === null
        ? []
        : (['training', 'subcontracting'] as const).map((route) => [
            page.to,
            say(`obligation.route.${route}`),
            Number(known[route].owed),
            Number(known[route].performed),
            Number(known[route].proven),
            ...EVIDENCE.map((evidence) => Number(known.evidence.byRoute[route][evidence])),
          ]),
  };
}

export function dayColumns(say: Say): Column[] {
  return ['from', 'to', 'known'].map((key) => ({
    ...textColumn(key, `figures.${key}`, say),
    unit: say('figures.unit.day'),
  }));
}

function daysOf({ from, to, knownOn }: FiguresPage): Cell[] {
  return [from, to, knownOn];
}

export function textColumn(key: string, message: string, say: Say): Column {
  return { ...named(key, message, say), unit: say('figures.unit.text'), source: say('figures.source.rows') };
}

/** A column is told by the definition written for it. */
export function named(key: string, message: string, say: Say): Pick<Column, 'key' | 'name' | 'definition'> {
  return { key, name: say(message), definition: say(`figures.columnDefinition.${key}`) };
}

/** To a hundredth of a percent: more would be said than is known. */
function shortened(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
