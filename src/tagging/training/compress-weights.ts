import type { CpvCatalogue } from '../domain/catalogue.js';
import { FeatureSpace } from '../domain/feature-space.js';
import { packGroupEntry, type LinearModel } from '../domain/linear-model.js';
import type { RawWeights } from './read-line.js';

const KEPT = 110_000;
const LEAST_STEP = 12;

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
): Pick<LinearModel, 'groupFrom' | 'groupEntries' | 'groupScale'> {
  const groups = catalogue.groups.length;
  const groupFrom = new Uint32Array(kept.length + 1);
  const groupScale = new Float32Array(kept.length);
  const entries: number[] = [];
  const line = new Int8Array(groups);
  for (const [to, from] of kept.entries()) {
    line.fill(0);
    groupScale[to] = round(weights.subarray(from * groups, (from + 1) * groups), line);
    for (let g = 0; g < groups; g += 1) {
      const weight = line[g] as number;
      // Small weights change nothing but the size of the file and the time it takes.
      if (Math.abs(weight) >= LEAST_STEP) entries.push(packGroupEntry(g, weight));
    }
    groupFrom[to + 1] = entries.length;
  }
  return { groupFrom, groupEntries: Int32Array.from(entries), groupScale };
}
