import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { addDays, addDecimals, type Day } from '../../src/kernel/index.js';
import {
  clauseOptions,
  eligibility,
  gates,
  type ClauseFacts,
  type EnterpriseFacts,
  type GateAnswer,
  type GateFacts,
  type LegalRules,
} from '../../src/legal-basis/index.js';
import { fromRoot } from '../../src/platform/project-root.js';

const FILES = new Map<string, unknown>();

/** A file of worked rows, transcribed from the legal dossier without looking at the code. */
function fixture<T>(file: string): T {
  const read: unknown =
    FILES.get(file) ?? parse(readFileSync(fromRoot('src', 'legal-basis', 'cases', file), 'utf8'));
  FILES.set(file, read);
  return read as T;
}

export interface ClauseRow {
  readonly id: string;
  readonly facts: ClauseFacts;
  readonly expect: {
    readonly regime: string;
    readonly aboveThreshold: boolean | null;
    readonly instruments: readonly string[];
    readonly duties: readonly { kind: string; basis: string; status: string }[];
    readonly bases: readonly string[];
    readonly groups: readonly string[];
    readonly uncertainGroups: readonly string[];
    readonly confidence: 'sourced' | 'weaker';
  };
  readonly why: string;
}

export interface EdgeRow {
  readonly id: string;
  readonly base: Partial<ClauseFacts>;
  readonly facts: Partial<ClauseFacts>;
  readonly expect: { readonly duties: readonly string[]; readonly ask?: string; readonly asks?: number };
}

export interface EligibilityRow {
  readonly id: string;
  readonly why: string;
  readonly basis: string;
  readonly on: Day;
  readonly enterprise: EnterpriseFacts;
  readonly expect: {
    readonly verdict: string;
    readonly group: string | null;
    /** Key of the reason that fails; without one, nothing fails. */
    readonly failing?: string;
    readonly flag?: string;
    readonly suggestion?: string;
    readonly kindStatus?: string;
    readonly kind?: string;
  };
}

export interface GateRow {
  readonly id: string;
  readonly why: string;
  readonly on: Day;
  readonly facts: GateFacts;
  readonly expect: Readonly<Record<string, GateAnswer['result'] | null>>;
}

export type Reading = 'Y' | 'C' | 'C!' | 'N' | 'NA' | '?' | '-';

interface Matrix {
  readonly columns: readonly string[];
  readonly rows: Readonly<Record<string, readonly Reading[]>>;
}

interface Thresholds {
  readonly periods: readonly { from: Day; until: Day; amounts: readonly (number | null)[] }[];
}

export const clauseRows = (): ClauseRow[] => fixture('clauses.yaml');
export const edgeRows = (): EdgeRow[] => fixture('edges.yaml');
export const eligibilityRows = (): EligibilityRow[] => fixture('eligibility.yaml');
export const gateRows = (): GateRow[] => fixture('gates.yaml');

export function edgeFacts(row: EdgeRow): ClauseFacts {
  return { ...row.base, ...row.facts } as ClauseFacts;
}

/** Facts that lead to each column of the table of thresholds. */
const COLUMN_FACTS: readonly Partial<ClauseFacts>[] = [
  { buyer: 'public', level: 'local', nature: 'works', cpv: '45450000' },
  { buyer: 'public', level: 'federal', nature: 'supplies', cpv: '44200000' },
  { buyer: 'public', level: 'local', nature: 'services', cpv: '77310000' },
  { buyer: 'public-utility', level: 'local', nature: 'services', cpv: '77310000' },
  { buyer: 'public', level: 'local', nature: 'services', cpv: '85312510' },
  { buyer: 'public-utility', level: 'local', nature: 'services', cpv: '85312510' },
];

/** The light regime reached Belgian law on this day, whatever the table says of 2016. */
const LIGHT_REGIME: Day = '2017-06-30';

/** First and last day of every threshold, at the amount and a cent under it. */
export function thresholdRows(): { facts: ClauseFacts; amount: string; above: boolean }[] {
  return fixture<Thresholds>('thresholds.yaml').periods.flatMap(({ from, until, amounts }) =>
    amounts.flatMap((amount, column) => {
      if (amount === null) return [];
      const social = column > 3;
      const first = social && from < LIGHT_REGIME ? LIGHT_REGIME : from;
      return [first, until].flatMap((date) =>
        [`${amount}.00`, addDecimals(`${amount}.00`, '-0.01')].map((value, index) => ({
          facts: { region: 'WAL', ...COLUMN_FACTS[column], date, value } as ClauseFacts,
          amount: `${amount}.00`,
          above: index === 0,
        })),
      );
    }),
  );
}

const COLUMN_DAY: Readonly<Record<string, Day>> = {
  'BE-1993-18BIS-2': '2012-06-01',
  'BE-2006-22-1': '2015-05-05',
  'BE-2006-22-2': '2015-05-05',
};
const LAST_DAY: Readonly<Record<string, Day>> = {
  VLA_BW: '2018-12-31',
  VLA_SW: '2018-12-31',
  SFS: '2023-12-31',
};

export interface MatrixRow {
  readonly kind: string;
  readonly column: string;
  readonly reading: Reading;
  readonly on: Day;
  /** The approval alone, and every proof there is. */
  readonly bare: EnterpriseFacts;
  readonly proven: EnterpriseFacts;
}

export function matrixRows(): MatrixRow[] {
  const { columns, rows } = fixture<Matrix>('matrix.yaml');
  return Object.entries(rows).flatMap(([kind, readings]) =>
    readings.map((reading, index) => {
      const column = columns[index]!;
      const on = COLUMN_DAY[column] ?? LAST_DAY[kind] ?? '2024-06-03';
      const bare = { kind, approvals: [{ kind, validFrom: '2000-01-01', validUntil: null }] };
      const asOf = addDays(on, -30);
      const ratio = { asOf, share: '0.95', disabledShare: '0.95' };
      const proven: EnterpriseFacts = {
        ...bare,
        art59: { validFrom: '2000-01-01', validUntil: on },
        ratios: [
          { ...ratio, method: 'fte' },
          { ...ratio, method: 'heads' },
        ],
        mainAimIntegration: true,
        equivalenceShown: true,
        statutes: { publicServiceMission: true, profitsReinvested: true, participatoryGovernance: true },
      };
      return { kind, column, reading, on, bare, proven };
    }),
  );
}

type Question = (rules: LegalRules) => unknown;

/** Every question about contracts, answered with what people would notice: no identities of versions. */
export function contractQuestions(): Question[] {
  return [
    ...clauseRows().map((row) => row.facts),
    ...edgeRows().map(edgeFacts),
    ...thresholdRows().map((row) => row.facts),
  ].map((facts) => (rules) => {
    const given = clauseOptions(rules, facts);
    if (!('regime' in given)) return given;
    const { regime, aboveThreshold, threshold, asks, confidence } = given;
    const options = given.options.map((one) => [one.instrument, one.basis, one.groups, one.confidence]);
    const duties = given.duties.map((one) => [one.kind, one.basis, one.status, one.confidence]);
    return [regime, aboveThreshold, threshold, options, duties, asks, confidence];
  });
}

/** Every question about enterprises, or those about one kind. */
export function enterpriseQuestions(kind: string | null): Question[] {
  return [
    ...eligibilityRows(),
    ...matrixRows().flatMap((row) =>
      [row.bare, row.proven].map((enterprise) => ({ basis: row.column, enterprise, on: row.on })),
    ),
  ]
    .filter((one) => kind === null || (one.enterprise.kind ?? 'ORDINARY') === kind)
    .map(({ basis, enterprise, on }) => (rules) => {
      const given = eligibility(rules, { basis, enterprise }, on);
      if (!('verdict' in given)) return given;
      const results = given.reasons.map((reason) => [reason.key, reason.result]);
      return [given.verdict, given.group, given.kindStatus, given.suggestion, results];
    });
}

export function gateQuestions(): Question[] {
  return gateRows().map((row) => (rules) => {
    const given = gates(rules, row.facts, row.on);
    return given.map((one) => ('key' in one ? [one.key, one.result] : one.code));
  });
}
