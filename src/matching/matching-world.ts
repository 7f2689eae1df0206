import type { Day } from '../kernel/index.js';
import type { Geography } from '../registry/index.js';
import {
  lawOfPackage,
  questionOf,
  WEIGHTS,
  type LawOfPackage,
  type LegalView,
  type MatchQuestion,
} from './domain/index.js';
import type { OpenPackage } from './matching-run.js';

/** What a decision rests on beside the package and the enterprise: the law and the map, on a day, as known then. */
export interface World {
  readonly law: LegalView;
  readonly geography: Geography;
  readonly on: Day;
  readonly knownAt: Date;
}

/** The versions of law and weights that a verdict cites. */
export function rulesVersionOf({ law }: Pick<World, 'law'>): string {
  return `${law.stamp} ${WEIGHTS.version}`;
}

const laws = new WeakMap<LegalView, Map<string, LawOfPackage>>();

/** The packages of a tender are mostly under one law, which then answers once for each enterprise. */
function lawFor({ facts, package: { instrument } }: OpenPackage, view: LegalView, on: Day): LawOfPackage {
  const ofView = laws.get(view) ?? new Map<string, LawOfPackage>();
  laws.set(view, ofView);
  const key = JSON.stringify([instrument, on, facts]);
  const law = ofView.get(key) ?? lawOfPackage(view, facts, instrument, on);
  ofView.set(key, law);
  return law;
}

/** What every enterprise is asked about a package, in one state of the world. */
export function questionFor(
  open: OpenPackage,
  world: Pick<World, 'law' | 'geography' | 'on'>,
): MatchQuestion {
  const law = lawFor(open, world.law, world.on);
  return questionOf(open.package, law, world.geography, world.on, WEIGHTS, open.organisationId);
}
