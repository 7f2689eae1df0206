import {
  groupsIn,
  uptake,
  winners,
  type Territory,
  type UptakeGroup,
  type UptakePeriod,
} from '../../monitoring/index.js';
import { ledgersUntil } from '../../obligations/index.js';
import type { Tx } from '../../platform/db/index.js';
import type { FiguresTold } from './figures.page.js';
import { regionOf } from './period.js';

/** What the page of figures and its files are made of. */
export async function figuresTold(
  tx: Tx,
  period: UptakePeriod,
  territory: Territory | null,
): Promise<FiguresTold> {
  const told = await uptake(tx, period);
  const municipalities = municipalitiesIn(told.groups.municipality, territory);
  return {
    uptake: told,
    winners: await winners(tx, period, municipalities),
    ledgers: await ledgersUntil(tx, period.until),
  };
}

/** The municipalities of a territory that packages name; null for packages of any place and of none. */
export function municipalitiesIn(
  groups: readonly UptakeGroup[],
  territory: Territory | null,
): string[] | null {
  return territory === null ? null : groupsIn(groups, territory, regionOf).flatMap(({ key }) => key ?? []);
}
