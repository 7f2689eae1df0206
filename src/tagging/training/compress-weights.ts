import type { CpvCatalogue } from '../domain/catalogue.js';
import { FeatureSpace } from '../domain/feature-space.js';
import type { LinearModel } from '../domain/linear-model.js';
import type { RawWeights } from './read-line.js';

const KEPT = 60_000;
const LEAST_STEP = 10;

type Compressed = Omit<LinearModel, 'divisionPrior' | 'groupPrior' | 'calibration'>;

/** Keeps the features whose weights differ most between divisions, each rounded to eight bits of its own scale. */
export function compressWeights(
  catalogue: CpvCatalogue,
  space: FeatureSpace,
  weights: RawWeights,
): Compressed {
  const divisions = catalogue.divisions.length;
  const kept = strongestFeatures(space, weights.divisions, divisions);
  const divisionWeights = new Int8Array(kept.length * divisions);
  const divisionScale = new Float32Array(kept.length);
  for (const [to, from] of kept.entries()) {
    const line = weights.divisions.subarray(from * divisions, (from + 1) * divisions);
    divisionScale[to] = round(line, divisionWeights.subarray(to * divisions, (to + 1) * divisions));
  }
  return {
    space: new FeatureSpace(
      Int32Array.from(kept, (from) => space.hashes[from] as number),
      Uint8Array.from(kept, (from) => space.blocks[from] as number),
      Float32Array.from(kept, (from) => space.rarity[from] as number),
    ),
    divisions,
    groups: catalogue.groups.length,
    divisionWeights,
    divisionScale,
    ...compressGroups(catalogue, kept, weights.groups),
  };
}

function strongestFeatures(space: FeatureSpace, weights: Float32Array, divisions: number): Int32Array {
  const strength = new Float64Array(space.size);
  for (let f = 0; f < space.size; f += 1) {
    let sum = 0;
    for (let c = 0; c < divisions; c += 1) {
      const weight = weights[f * divisions + c] as number;
      sum += weight * weight;
    }
    // A weight on a rare feature is multiplied by a large rarity when it is used.
    strength[f] = sum * (space.rarity[f] as number);
  }
  const order = [...strength.keys()].toSorted(
    (a, b) => (strength[b] as number) - (strength[a] as number) || a - b,
  );
  return Int32Array.from(order.slice(0, KEPT).toSorted((a, b) => a - b));
}

function round(from: Float32Array, to: Int8Array): number {
  let largest = 0;
  for (const weight of from) largest = Math.max(largest, Math.abs(weight));
  if (largest === 0) return 0;
  for (let i = 0; i < from.length; i += 1) to[i] = Math.round(((from[i] as number) / largest) * 127);
  return largest / 127;
}

function compressGroups(
  catalogue: CpvCatalogue,
  kept: Int32Array,
  weights: Float32Array,
): Pick<LinearModel, 'groupFrom' | 'groupIds' | 'groupWeights' | 'groupScale'> {
  const groups = catalogue.groups.length;
  const groupFrom = new Uint32Array(kept.length + 1);
  const groupScale = new Float32Array(kept.length);
  const ids: number[] = [];
  const rounded: number[] = [];
  const line = new Int8Array(groups);
  for (const [to, from] of kept.entries()) {
    line.fill(0);
    groupScale[to] = round(weights.subarray(from * groups, (from + 1) * groups), line);
    for (let g = 0; g < groups; g += 1) {
      if (Math.abs(line[g] as number) < LEAST_STEP) continue;
      ids.push(g);
      rounded.push(line[g] as number);
    }
    groupFrom[to + 1] = ids.length;
  }
  return { groupFrom, groupIds: Uint16Array.from(ids), groupWeights: Int8Array.from(rounded), groupScale };
}
