const SHORTEST = 5;
const LONG = 8;

/** How many slips of the finger a word may hold: a letter too many, too few, another one, or two in the wrong order. */
function slipsAllowed(word: string): number {
  return word.length < SHORTEST ? 0 : word.length < LONG ? 1 : 2;
}

/** The known word that was meant, the first letter being right; the word itself when it is known, or nobody can tell. */
export function nearestWord(word: string, known: ReadonlySet<string>): string {
  if (known.has(word)) return word;
  let best = word;
  let fewest = slipsAllowed(word) + 1;
  for (const one of known) {
    if (one[0] !== word[0] || Math.abs(one.length - word.length) >= fewest) continue;
    const slips = slipsBetween(word, one);
    if (slips < fewest || (slips === fewest && best !== word && one < best)) [best, fewest] = [one, slips];
  }
  return best;
}

/** Damerau's distance, in which no piece is touched twice. */
function slipsBetween(a: string, b: string): number {
  let [before, above]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isOther = a[i - 1] === b[j - 1] ? 0 : 1;
      let slips = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + isOther);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, before[j - 2]! + 1);
      row.push(slips);
    }
    [before, above] = [above, row];
  }
  return above[b.length]!;
}
