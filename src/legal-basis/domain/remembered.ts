/**
 * What follows from an object and a few more values, worked out once for each: answers are put together of parts that
 * are the same in many of them, and who writes them out knows the parts again.
 * @param make must follow from its first argument and from what the key stands for, and from nothing else
 */
export function remembered<O extends object, Rest extends unknown[], V>(
  make: (object: O, ...rest: Rest) => V,
): (object: O, key: unknown, ...rest: Rest) => V {
  const known = new WeakMap<O, Map<unknown, { readonly made: V }>>();
  return (object, key, ...rest) => {
    let ofObject = known.get(object);
    if (ofObject === undefined) known.set(object, (ofObject = new Map()));
    let held = ofObject.get(key);
    if (held === undefined) ofObject.set(key, (held = { made: make(object, ...rest) }));
    return held.made;
  };
}
