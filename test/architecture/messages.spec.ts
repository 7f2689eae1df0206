import { globSync, readFileSync } from 'node:fs';
import { LANGUAGES } from '../../src/kernel/index.js';
import { baseKey, Messages, MESSAGES_FOLDER, placeholdersOf } from '../../src/platform/i18n/index.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { FAMILIES } from './message-families.js';

const messages = Messages.load(MESSAGES_FOLDER);
const keys = new Set(LANGUAGES.flatMap((language) => [...messages.entries(language).keys()]));

const sources = globSync(['src/**/*.ts', 'src/**/*.njk', 'bin/*.mjs'], { cwd: fromRoot() })
  .filter((file) => !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(fromRoot(file), 'utf8') }));
const everything = sources.map((source) => source.text).join('\n');

/** Keys that a line of code asks for by their whole name. */
function askedFor(text: string): string[] {
  return [...text.matchAll(/(?:\bt\(|\.text\([\w.]+,)\s*'([\w.-]+)'\s*[,)]/g)].map((match) => match[1]!);
}

describe('the catalogue of sentences', () => {
  it.each(LANGUAGES)('has every key in %s', (language) => {
    const missing = [...keys].filter((key) => !messages.entries(language).has(key));
    expect(missing).toEqual([]);
  });

  it('fills the same places in every language', () => {
    const different = [...keys].filter((key) => {
      const places = LANGUAGES.map((language) =>
        placeholdersOf(messages.entries(language).get(key) ?? '').join(),
      );
      return new Set(places).size > 1;
    });
    expect(different).toEqual([]);
  });

  it('says something in every sentence', () => {
    const silent = LANGUAGES.flatMap((language) =>
      [...messages.entries(language)].filter(([, sentence]) => sentence.trim() === '').map(([key]) => key),
    );
    expect(silent).toEqual([]);
  });

  it('has every key that code and templates ask for', () => {
    const missing = sources.flatMap(({ file, text }) =>
      askedFor(text)
        .filter((key) => !messages.has(key))
        .map((key) => `${file}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('has no key that nothing asks for', () => {
    const unused = [...new Set([...keys].map(baseKey))].filter(
      (key) => !FAMILIES.some(([prefix]) => key.startsWith(prefix)) && !everything.includes(`'${key}'`),
    );
    expect(unused).toEqual([]);
  });

  it('lists no family that nothing belongs to', () => {
    const idle = FAMILIES.filter(([prefix]) => ![...keys].some((key) => key.startsWith(prefix)));
    expect(idle).toEqual([]);
  });
});
