import type { ClauseOption } from './answers.js';
import { INSTRUMENTS, type ClauseFacts, type Group, type Instrument, type MainClause } from './facts.js';
import { labelKey, speakerOf } from './label.js';
import type { LawOfDay } from './law-of-day.js';
import { remembered } from './remembered.js';
import type { BasisRule } from './rules.js';

/** An option before it is said in any language. */
export type BareOption = Omit<ClauseOption, 'label'>;

export const NO_OPTIONS: readonly BareOption[] = [];

const RANK = Object.fromEntries(INSTRUMENTS.map((one, index) => [one, index])) as Record<Instrument, number>;

const CLAUSE_DEFINED: readonly Group[] = ['CLAUSE_DEFINED'];
const TRAINEES: readonly Group[] = ['TRAINEES'];

function option(
  basis: BasisRule,
  instrument: Instrument,
  facts: ClauseFacts,
  more: Partial<BareOption> = {},
): BareOption {
  return {
    instrument,
    basis: basis.key,
    groups: basis.groups,
    confidence: basis.confidence,
    labelKey: labelKey(instrument, facts),
    uncertainGroups: basis.uncertainGroups,
    citation: basis.citation,
    inspiredBy: null,
    ...more,
  };
}

const added = remembered((basis: BasisRule, list: readonly BareOption[], facts: ClauseFacts) =>
  [...list, ...basis.instruments.map((instrument) => option(basis, instrument, facts))].sort(
    (a, b) => RANK[a.instrument] - RANK[b.instrument],
  ),
);

/** One for each speaker: the list that is added to says in whose mouth the words are put. */
const empty = remembered((_none: typeof NO_OPTIONS): readonly BareOption[] => []);

/** What the open bases offer, the strongest instrument first. */
export function optionsOpened(open: readonly BasisRule[], facts: ClauseFacts): readonly BareOption[] {
  let list = empty(NO_OPTIONS, speakerOf(facts));
  for (const basis of open) list = added(basis, list, list, facts);
  return list;
}

interface Voluntary {
  /** The basis a voluntary term may say it is modelled on. */
  readonly model: BasisRule | null;
  readonly options: readonly BareOption[];
}

const voluntary = remembered(({ bases }: LawOfDay, facts: ClauseFacts): Voluntary => {
  const model = bases.BE.findLast((basis) => basis.instruments.includes('RESERVE_ACCESS')) ?? null;
  const more = { citation: null, inspiredBy: model?.key ?? null };
  return { model, options: bases.CONTRACT.map((basis) => option(basis, 'VOLUNTARY', facts, more)) };
});

/** Terms that no law is behind, one for each basis of contract law. */
export function voluntaryOptions(law: LawOfDay, facts: ClauseFacts): Voluntary {
  return voluntary(law, speakerOf(facts), facts);
}

const shares = remembered((basis: BasisRule, facts: ClauseFacts, clause: MainClause) => {
  const options: BareOption[] = [];
  if (clause !== 'training') options.push(option(basis, 'SUBCON_SHARE', facts, { groups: CLAUSE_DEFINED }));
  if (clause !== 'subcontracting')
    options.push(
      option(basis, 'TRAINING', facts, { groups: clause === 'training' ? TRAINEES : CLAUSE_DEFINED }),
    );
  return options;
});

/** What the clause of the main contract leaves to place. */
export function inheritedOptions(
  basis: BasisRule,
  clause: MainClause,
  facts: ClauseFacts,
): readonly BareOption[] {
  return shares(basis, `${speakerOf(facts)} ${clause}`, facts, clause);
}
