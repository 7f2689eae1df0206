import type { Day } from '../kernel/index.js';
import type { Geography } from '../registry/index.js';
import { lawOfPackage, questionOf, type LegalView, type MatchQuestion } from './domain/index.js';
import type { OpenPackage } from './matching-run.js';

/** What a decision rests on beside the package and the enterprise: the law and the map, on a day, as known then. */
export interface World {
  readonly law: LegalView;
  readonly geography: Geography;
  readonly on: Day;
  readonly knownAt: Date;
}

/** What every enterprise is asked about a package, in one state of the world. */
export function questionFor(
  open: OpenPackage,
  world: Pick<World, 'law' | 'geography' | 'on'>,
): MatchQuestion {
  const law = lawOfPackage(world.law, open.facts, open.package.instrument, world.on);
  return questionOf(open.package, law, world.geography, world.on);
}
