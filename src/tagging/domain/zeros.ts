const templates = new Map<number, readonly number[]>();

/**
 * So many zeros. An ordinary array, since a typed one of this size takes longer to make than to fill; copied from one
 * that has held a fraction, or the engine would turn it from whole numbers into fractions at the first one stored.
 */
export function zeros(count: number): number[] {
  let template = templates.get(count);
  if (!template) {
    template = Array.from({ length: count }, () => 0.5).fill(0);
    templates.set(count, template);
  }
  return template.slice();
}
