import type { Ask, Citation, ClauseAnswer, ClauseOption, Words } from './answers.js';

/** UTF-8 with one character per byte: such texts are joined and copied out without being encoded again. */
export type ByteText = string;

export function byteText(text: string): ByteText {
  return Buffer.from(text).toString('latin1');
}

/** What people type (numbers of contracts) is without end: past this many texts, none is added. */
const MOST_TEXTS = 20_000;

function remember<V>(texts: Map<string, V>, key: string, make: () => V): V {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (texts.size < MOST_TEXTS) texts.set(key, made);
  return made;
}

/** `words` that says a sentence it has said before from memory. */
export function rememberedWords(words: Words): Words {
  const said = new Map<string, string>();
  return (key, params) =>
    remember(said, params ? `${key}\0${Object.values(params).join('\0')}` : key, () => words(key, params));
}

/**
 * Writes answers as `JSON.stringify` does. Options, duties, reasons and sentences come back in many answers: each is
 * written once and then joined, as writing them cost more than deciding.
 */
export function clauseWriter(): (answer: ClauseAnswer) => ByteText {
  const strings = new Map<string, ByteText>();
  const asks = new Map<string, ByteText>();
  const options = new Map<Citation | null, Map<string, WrittenOption>>();
  const duties = new Map<Citation, Map<string, ByteText>>();

  const quoted = (text: string): ByteText => remember(strings, text, () => json(text));
  const askText = (one: Ask): ByteText =>
    remember(asks, `${one.code}\0${Object.values(one.params).join('\0')}`, () => json(one));
  const optionText = (one: ClauseOption): ByteText => {
    const known = remember(under(options, one.citation), one.label, () => ({ option: one, text: json(one) }));
    return isSame(known.option, one) ? known.text : json(one);
  };
  const dutyText = (one: ClauseAnswer['duties'][number]): ByteText =>
    remember(under(duties, one.citation), `${one.kind} ${one.basis} ${one.status} ${one.confidence}`, () =>
      json(one),
    );

  return (answer) =>
    `{${answer.id === undefined ? '' : `"id":${json(answer.id)},`}` +
    `"regime":"${answer.regime}","buyer":"${answer.buyer}","aboveThreshold":${answer.aboveThreshold},` +
    `"threshold":${answer.threshold === null ? 'null' : quoted(answer.threshold)},` +
    `"options":${list(answer.options, optionText)},"duties":${list(answer.duties, dutyText)},` +
    `"askPerson":${list(answer.askPerson, quoted)},"asks":${list(answer.asks, askText)},` +
    `"lawAsOf":"${answer.lawAsOf}","confidence":"${answer.confidence}",` +
    `"versions":${list(answer.versions, quoted)}}`;
}

function json(value: unknown): ByteText {
  return byteText(JSON.stringify(value));
}

function list<T>(items: readonly T[], text: (item: T) => ByteText): ByteText {
  return items.length === 0 ? '[]' : `[${items.map(text).join(',')}]`;
}

/** Citations belong to one version of a rule: two versions never share a text. */
function under<K, V>(groups: Map<K, Map<string, V>>, citation: K): Map<string, V> {
  const known = groups.get(citation) ?? new Map<string, V>();
  groups.set(citation, known);
  return known;
}

interface WrittenOption {
  readonly option: ClauseOption;
  readonly text: ByteText;
}

/** Lists are compared by identity, as they are those of the rule: it costs less than to compare what they hold. */
function isSame(left: ClauseOption, right: ClauseOption): boolean {
  return OPTION_FIELDS.every((field) => left[field] === right[field]);
}

const OPTION_FIELDS = Object.keys({
  instrument: true,
  basis: true,
  groups: true,
  label: true,
  confidence: true,
  labelKey: true,
  uncertainGroups: true,
  citation: true,
  inspiredBy: true,
} satisfies Record<keyof ClauseOption, true>) as (keyof ClauseOption)[];
