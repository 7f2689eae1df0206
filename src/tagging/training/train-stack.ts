/** One text for the stack: `features[option]` are the numbers known of each option, `right` is the true one. */
export interface StackCase {
  readonly features: readonly (readonly number[])[];
  readonly right: number;
  readonly weight: number;
}

export const RIDGE = 0.5;
export const ROUNDS = 25;

/**
 * Conditional logit by Newton's method: one weight per feature, shared by all options.
 * @returns the weights; `softmax(weights . features)` are calibrated shares on the cases given
 */
export function trainStack(cases: readonly StackCase[], size: number): Float64Array {
  const weights = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = new Float64Array(size);
    const curve = Array.from({ length: size }, () => new Float64Array(size));
    for (let k = 0; k < size; k += 1) {
      gradient[k] = -RIDGE * (weights[k] as number);
      (curve[k] as Float64Array)[k] = RIDGE;
    }
    for (const one of cases) addCase(one, weights, gradient, curve);
    const move = solve(curve, gradient);
    const improved = stepAlong(cases, weights, move);
    if (!improved) break;
  }
  return weights;
}

/** Halves a Newton step until it helps; without it the first steps overshoot. @returns false when none helps */
function stepAlong(cases: readonly StackCase[], weights: Float64Array, move: Float64Array): boolean {
  const start = Float64Array.from(weights);
  const before = likelihood(cases, weights);
  for (let scale = 1; scale > 1e-4; scale /= 2) {
    for (let k = 0; k < weights.length; k += 1) {
      weights[k] = (start[k] as number) + scale * (move[k] as number);
    }
    if (likelihood(cases, weights) > before + 1e-7) return true;
  }
  weights.set(start);
  return false;
}

/** What Newton's method makes as large as it can: log-likelihood less the ridge. */
function likelihood(cases: readonly StackCase[], weights: Float64Array): number {
  let sum = 0;
  for (const weight of weights) sum -= 0.5 * RIDGE * weight * weight;
  for (const one of cases) {
    const share = stackShares(one.features, weights)[one.right] as number;
    sum += one.weight * Math.log(Math.max(share, 1e-300));
  }
  return sum;
}

/** Shares of the options under given weights. */
export function stackShares(features: StackCase['features'], weights: Float64Array): number[] {
  const shares: number[] = [];
  let top = -Infinity;
  for (const feature of features) {
    let sum = 0;
    for (let k = 0; k < weights.length; k += 1) sum += (weights[k] as number) * (feature[k] as number);
    shares.push(sum);
    top = Math.max(top, sum);
  }
  let total = 0;
  for (let o = 0; o < shares.length; o += 1) {
    shares[o] = Math.exp((shares[o] as number) - top);
    total += shares[o] as number;
  }
  for (let o = 0; o < shares.length; o += 1) shares[o] = (shares[o] as number) / total;
  return shares;
}

function addCase(one: StackCase, weights: Float64Array, gradient: Float64Array, curve: Float64Array[]): void {
  const size = weights.length;
  const shares = stackShares(one.features, weights);
  const mean = new Float64Array(size);
  for (const [o, feature] of one.features.entries()) {
    for (let k = 0; k < size; k += 1)
      mean[k] = (mean[k] as number) + (shares[o] as number) * (feature[k] as number);
  }
  const right = one.features[one.right] as readonly number[];
  for (let k = 0; k < size; k += 1) {
    gradient[k] = (gradient[k] as number) + one.weight * ((right[k] as number) - (mean[k] as number));
  }
  for (const [o, feature] of one.features.entries()) {
    const share = one.weight * (shares[o] as number);
    if (share < 1e-9) continue;
    for (let k = 0; k < size; k += 1) {
      const left = share * ((feature[k] as number) - (mean[k] as number));
      const line = curve[k] as Float64Array;
      for (let l = 0; l < size; l += 1) {
        line[l] = (line[l] as number) + left * ((feature[l] as number) - (mean[l] as number));
      }
    }
  }
}

/** Gaussian elimination with pivoting; the matrix is symmetric and positive. */
function solve(matrix: Float64Array[], vector: Float64Array): Float64Array {
  const size = vector.length;
  const a: Float64Array[] = matrix.map((line) => Float64Array.from(line));
  const b = Float64Array.from(vector);
  for (let k = 0; k < size; k += 1) {
    let pivot = k;
    for (let i = k + 1; i < size; i += 1) {
      if (Math.abs(a[i]?.[k] ?? 0) > Math.abs(a[pivot]?.[k] ?? 0)) pivot = i;
    }
    [a[k], a[pivot]] = [a[pivot] as Float64Array, a[k] as Float64Array];
    [b[k], b[pivot]] = [b[pivot] as number, b[k] as number];
    const line = a[k] as Float64Array;
    for (let i = k + 1; i < size; i += 1) {
      const other = a[i] as Float64Array;
      const factor = (other[k] as number) / (line[k] as number);
      for (let l = k; l < size; l += 1) other[l] = (other[l] as number) - factor * (line[l] as number);
      b[i] = (b[i] as number) - factor * (b[k] as number);
    }
  }
  const out = new Float64Array(size);
  for (let k = size - 1; k >= 0; k -= 1) {
    let sum = b[k] as number;
    for (let l = k + 1; l < size; l += 1) sum -= (a[k]?.[l] ?? 0) * (out[l] as number);
    out[k] = sum / (a[k]?.[k] ?? 1);
  }
  return out;
}
