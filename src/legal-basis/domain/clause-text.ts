import type { Problem } from '../../kernel/index.js';
import type { Ask, ClauseDuty, Words } from './answers.js';
import { askInWords, decideClause, labelParams, type ClauseDecision } from './clause-options.js';
import type { ClauseFacts } from './facts.js';
import type { BareOption } from './options.js';
import type { LegalRules, Rule } from './rules.js';
import type { ThresholdAnswer } from './threshold.js';

/** UTF-8 with one character per byte: such texts are joined and copied out without being encoded again. */
export type ByteText = string;

export function byteText(text: string): ByteText {
  return Buffer.from(text).toString('latin1');
}

/** What is written of an object, for as long as there is the object. */
function kept<O extends object>(write: (object: O) => ByteText): (object: O) => ByteText {
  const known = new WeakMap<O, ByteText>();
  return (object) => {
    let text = known.get(object);
    if (text === undefined) known.set(object, (text = write(object)));
    return text;
  };
}

/**
 * Answers facts with the text `JSON.stringify` would make of `clauseOptions(rules, facts, words)`. The parts of a
 * decision are the same objects in many answers: each is said and written once and then joined, as that cost more
 * than to decide.
 */
export function clauseWriter(rules: LegalRules, words: Words): (facts: ClauseFacts) => ByteText | Problem[] {
  const optionTexts = optionsWriter(words);
  const duty = kept((one: ClauseDuty) => json(one));
  const ask = kept((one: Ask) => json(one));
  const sentence = kept((one: Ask) => json(askInWords(one, words)));
  const version = kept((rule: Rule) => json(rule.versionId));
  const amount = kept((limit: ThresholdAnswer) => json(limit.amount));
  const law = json(rules.lawAsOf);

  const write = ({ facts, regime, threshold: limit, options, duties, trail }: ClauseDecision): ByteText =>
    `{${typeof facts.id === 'string' ? `"id":${typed(facts.id)},` : ''}` +
    `"regime":"${regime}","buyer":"${facts.buyer}","aboveThreshold":${limit?.above ?? null},` +
    `"threshold":${limit ? amount(limit) : null},` +
    `"options":${optionTexts(options, facts)},"duties":${list(duties, duty)},` +
    `"askPerson":${list(trail.asks, sentence)},"asks":${list(trail.asks, ask)},` +
    `"lawAsOf":${law},"confidence":"${trail.confidence}","versions":${list(trail.rules, version)}}`;

  return (facts) => {
    const decision = decideClause(rules, facts);
    return Array.isArray(decision) ? decision : write(decision);
  };
}

/** The label stands last, and it alone cites what is typed. */
function optionsWriter(words: Words): (options: readonly BareOption[], facts: ClauseFacts) => ByteText {
  const unlabelled = kept((one: BareOption) => `${json(one).slice(0, -1)},"label":`);
  const labelled = (options: readonly BareOption[], facts: ClauseFacts): ByteText =>
    list(options, (one) => `${unlabelled(one)}${json(words(one.labelKey, labelParams(facts)))}}`);
  const unnumbered = kept((options: readonly BareOption[]) => labelled(options, {} as ClauseFacts));
  return (options, facts) => (facts.mainContract ? labelled(options, facts) : unnumbered(options));
}

function json(value: unknown): ByteText {
  return byteText(JSON.stringify(value));
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** Most of what is typed needs neither escapes nor more than ASCII. */
function typed(text: string): ByteText {
  return PLAIN.test(text) ? `"${text}"` : json(text);
}

function list<T>(items: readonly T[], text: (item: T) => ByteText): ByteText {
  let joined = '';
  for (const item of items) joined += joined === '' ? text(item) : `,${text(item)}`;
  return `[${joined}]`;
}
