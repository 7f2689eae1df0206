import type { Lexicon } from './lexicon.js';
import type { TextLanguage } from './detect-language.js';
import { LexiconBuilder } from './lexicon-builder.js';
import { splitWords } from './words.js';

function matched(lexicon: Lexicon, text: string, lang: TextLanguage = 'fr'): string[] {
  const words = splitWords(text);
  return lexicon.match(words, lang).map(({ concept, fromWord, toWord }) => {
    const code = lexicon.concepts[concept]?.code ?? '';
    return `${code}: ${text.slice(words.start[fromWord], words.end[toWord - 1])}`;
  });
}

describe('the lexicon', () => {
  const terms = new LexiconBuilder();
  terms.add('entretien des espaces verts', { code: '77310000', source: 'trade' }, 1);
  terms.add('entretien', { code: '50000000', source: 'trade' }, 1);
  terms.add('débroussaill*', { code: '77312000', source: 'trade' }, 1);
  terms.add('reiniging', { code: '90910000', source: 'trade' }, 1);
  const lexicon = terms.build();

  it('finds a term through plural, capitals, accents and little words', () => {
    expect(matched(lexicon, 'ENTRETIEN D’ESPACE VERT')).toEqual(['77310000: ENTRETIEN D’ESPACE VERT']);
  });

  it('keeps the longer of two terms and drops the one inside it', () => {
    expect(matched(lexicon, 'Entretien des espaces verts, entretien')).toEqual([
      '77310000: Entretien des espaces verts',
      '50000000: entretien',
    ]);
  });

  it('takes every ending of a word cut by a star', () => {
    expect(matched(lexicon, 'debroussaillement, débroussailler')).toHaveLength(2);
    expect(matched(lexicon, 'brousse')).toEqual([]);
  });

  it('finds the head of a compound in languages that compound', () => {
    expect(matched(lexicon, 'gevelreiniging', 'nl')).toEqual(['90910000: gevelreiniging']);
    expect(matched(lexicon, 'gevelreiniging')).toEqual([]);
  });

  it('sees no term in the few letters that a longer word ends with', () => {
    const short = new LexiconBuilder();
    short.add('Heft', { code: '22800000', source: 'trade' }, 1);
    const booklets = short.build();
    expect(matched(booklets, 'Heft', 'de')).toEqual(['22800000: Heft']);
    expect(matched(booklets, 'lastenheft', 'de')).toEqual([]);
  });

  it('takes no word for another that has the same hash', () => {
    // Two words with one 32-bit FNV-1a hash, found by others.
    const liquids = new LexiconBuilder();
    liquids.add('liquid', { code: '09000000', source: 'trade' }, 1);
    liquids.add('macallums*', { code: '15000000', source: 'trade' }, 1);
    const known = liquids.build();
    expect(matched(known, 'liquid', 'en')).toEqual(['09000000: liquid']);
    expect(matched(known, 'costarring', 'en')).toEqual([]);
    expect(matched(known, 'macallums', 'en')).toEqual(['15000000: macallums']);
    expect(matched(known, 'declinate', 'en')).toEqual([]);
    liquids.add('costarring', { code: '92000000', source: 'trade' }, 1);
    const both = liquids.build();
    expect(matched(both, 'liquid costarring', 'en')).toEqual(['09000000: liquid', '92000000: costarring']);
  });

  it('finds a term of one language in texts of that language, and of those it does not know', () => {
    const dutch = new LexiconBuilder();
    dutch.add('appels', { code: '03222321', source: 'label' }, 1, 'nl');
    const apples = dutch.build();
    expect(matched(apples, 'appels', 'nl')).toEqual(['03222321: appels']);
    expect(matched(apples, 'appels', 'other')).toEqual(['03222321: appels']);
    expect(matched(apples, 'appels à projets', 'fr')).toEqual([]);
  });

  it('refuses a term of little words and numbers alone', () => {
    expect(terms.add('de la 12', { code: '45000000', source: 'trade' }, 1)).toBe(false);
  });
});
