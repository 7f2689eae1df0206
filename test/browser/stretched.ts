/** The longest word that people of ours may bring, with nothing in it to break a line at. */
const WORD = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen';
const TIMES = 3;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A row of a list: it has an id or a place of its own. */
const isRow = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && Object.keys(value).some((key) => /^(id|href|\w+(Id|Href))$/.test(key));

/** Another row of the same kind, with an id, words and a place of its own. */
function another(row: Record<string, unknown>, at: number): Record<string, unknown> {
  const own = (key: string, value: unknown): unknown => {
    if (typeof value === 'number' && /row$/i.test(key)) return value + at;
    return typeof value === 'string' && (/^id$|Id$/.test(key) || /\S \S/.test(value))
      ? `${value} ${at}`
      : value;
  };
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, own(key, value)]));
}

/**
 * A model as its page never saw one: each text of several words is three times as long and ends with a word that no line
 * holds, each list of rows is three times as long. Single words stay: they are codes, days, addresses.
 */
export function stretched<Model>(model: Model): Model {
  return stretch(model) as Model;
}

function stretch(value: unknown): unknown {
  if (typeof value === 'string') return /\S \S/.test(value) ? `${value}, ${value}, ${value} ${WORD}` : value;
  if (Array.isArray(value)) {
    const items: unknown[] = value.every(isRow)
      ? Array.from({ length: TIMES }, (_, at) =>
          value.map((row) => (at === 0 ? row : another(row, at))),
        ).flat()
      : value;
    return items.map(stretch);
  }
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, stretch(one)]));
  return value;
}
