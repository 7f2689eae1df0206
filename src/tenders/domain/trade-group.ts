/** Classes of building work that hold several trades: one more digit tells them apart. */
const WIDE_CLASSES = new Set(['4511', '4522', '4523', '4526', '4533', '4542']);

/**
 * The depth at which codes are one trade for a crew: group (three digits) in general; in building work, where a
 * group spans from demolition to painting, the class, or one digit more.
 */
export function tradeGroup(cpv: string): string {
  if (!cpv.startsWith('45')) return cpv.slice(0, 3);
  const four = cpv.slice(0, 4);
  const five = cpv.slice(0, 5);
  return WIDE_CLASSES.has(four) && !five.endsWith('0') ? five : four.replace(/0+$/, '');
}
