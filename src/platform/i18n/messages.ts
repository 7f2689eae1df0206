import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LANGUAGES, type Language } from '../../kernel/index.js';
import { fromRoot } from '../project-root.js';
import { setApart } from './direction-marks.js';
import { formatNumber, localeOf } from './formats.js';

/** Where the sentences of the product live, one folder per language. */
export const MESSAGES_FOLDER = fromRoot('src', 'web', 'shared', 'messages');

/** What fills the `{name}` places of a sentence. Numbers are written as the language writes them, names from right to left set apart. */
export type MessageParams = Readonly<Record<string, string | number>>;

const PLACEHOLDER = /\{(\w+)\}/g;
/** A place, with the word before it that French shortens before a vowel. */
const PLACE_AFTER_WORD = /(?:(?<!\p{L})(d|qu)(e ))?\{(\w+)\}/giu;
const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

type Catalogue = ReadonlyMap<string, string>;

/** Sentences by their keys, by language: plain data, to hand to a thread. */
export type Sentences = ReadonlyMap<Language, Catalogue>;

/** Every sentence the service says, in four languages, read once from a folder of YAML files with flat keys. */
export class Messages {
  private readonly plurals = new Map(
    LANGUAGES.map((language) => [language, new Intl.PluralRules(localeOf(language))] as const),
  );

  constructor(readonly sentences: Sentences) {}

  /**
   * @param folder holds one folder per language, each with any number of `*.yaml` files
   * @param languages to read only some, French among them: the others fall back to it
   * @throws Error when a file is not flat, or two files of a language define the same key
   */
  static load(folder: string, languages: readonly Language[] = LANGUAGES): Messages {
    return new Messages(new Map(languages.map((language) => [language, readLanguage(folder, language)])));
  }

  /** True when there is a sentence for this key, in its singular and plural forms or in one form. */
  has(key: string): boolean {
    const french = this.catalogueOf('fr');
    return french.has(key) || french.has(`${key}_other`);
  }

  /**
   * The sentence of a key. With a numeric `count`, the plural form is chosen (`<key>_one`, `<key>_other`).
   * An unknown key comes back as it is, so that a page still opens; a test refuses it before release.
   */
  text(language: Language, key: string, params: MessageParams = {}): string {
    const sentence = this.find(language, key, params['count']) ?? this.find('fr', key, params['count']);
    if (sentence === undefined) return key;
    return sentence.replace(PLACE_AFTER_WORD, (place, word = '', ending = '', name: string) => {
      const value = params[name];
      if (value === undefined) return place;
      const said = typeof value === 'number' ? formatNumber(language, value) : setApart(value);
      return `${word}${word !== '' && language === 'fr' && beginsWithVowel(said) ? '’' : ending}${said}`;
    });
  }

  /** All keys of one language, plural forms apart, for the tests that compare the languages. */
  entries(language: Language): Catalogue {
    return this.catalogueOf(language);
  }

  private find(language: Language, key: string, count: string | number | undefined): string | undefined {
    const catalogue = this.catalogueOf(language);
    if (typeof count !== 'number') return catalogue.get(key) ?? catalogue.get(`${key}_other`);
    const form = this.plurals.get(language)?.select(count) ?? 'other';
    return catalogue.get(`${key}_${form}`) ?? catalogue.get(`${key}_other`) ?? catalogue.get(key);
  }

  private catalogueOf(language: Language): Catalogue {
    return this.sentences.get(language) ?? new Map();
  }
}

/** The names of the places a sentence has to fill, sorted. */
export function placeholdersOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(PLACEHOLDER)].map((match) => match[1]!))].sort();
}

/** The key without its plural form: `answer.received_one` gives `answer.received`. */
export function baseKey(key: string): string {
  const form = PLURAL_FORMS.find((candidate) => key.endsWith(`_${candidate}`));
  return form ? key.slice(0, -form.length - 1) : key;
}

function readLanguage(folder: string, language: Language): Catalogue {
  const catalogue = new Map<string, string>();
  for (const file of globSync('*.yaml', { cwd: join(folder, language) }).sort()) {
    const where = `${language}/${file}`;
    const content: unknown = parse(readFileSync(join(folder, language, file), 'utf8')) ?? {};
    if (typeof content !== 'object')
      throw new Error(`${where}: expected a list of keys with their sentences`);
    for (const [key, sentence] of Object.entries(content as Record<string, unknown>)) {
      if (typeof sentence !== 'string') throw new Error(`${where}: ${key} is not a sentence in quotes`);
      if (catalogue.has(key)) throw new Error(`${where}: ${key} is already defined in another file`);
      catalogue.set(key, language === 'fr' ? bindPunctuation(sentence) : sentence);
    }
  }
  return catalogue;
}

/** « d’Atelier Nord », « d’Yvoir », but « de Yannick ». Whether an h is mute no rule says: « de Herstal » is never wrong. */
function beginsWithVowel(said: string): boolean {
  return /^(?:[aeiouœæ]|y(?![aeiou]))/.test(said.slice(0, 2).normalize('NFD').toLowerCase());
}

/** French sets a space before `: ; ? !` and inside « »; a line must not break there. */
function bindPunctuation(sentence: string): string {
  return sentence.replace(/« /g, '«\u00a0').replace(/ (?=[:;?!»](?:\s|$|[.,)]))/g, '\u00a0');
}
