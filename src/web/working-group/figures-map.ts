import type { Uptake } from '../../monitoring/index.js';
import { loadGeography } from '../../registry/index.js';
import type { GroupLabel } from '../shared/group-labels.js';
import { municipalityMap, type MunicipalityMap } from './municipality-map.js';

export interface FiguresMap extends MunicipalityMap {
  /** Name of the municipality with most packages. */
  readonly mostName: string;
  /** Packages published, wherever. */
  readonly published: number;
}

/**
 * Published packages by municipality, on a map of the provinces they lie in: a plain number, which is never hidden.
 * @returns null where no package names a municipality that has an outline
 */
export function figuresMap({ groups, total }: Uptake, label: GroupLabel): FiguresMap | null {
  const counts = new Map(groups.municipality.map(({ key, counts: { published } }) => [key ?? '', published]));
  const map = municipalityMap(loadGeography().outlinesAround([...counts.keys()]), counts);
  if (map === null) return null;
  return {
    ...map,
    published: total.published,
    mostName: label('municipality', { key: map.most.nis, name: null }),
  };
}
