import type { Lexicon } from './lexicon.js';
import { LexiconBuilder } from './lexicon-builder.js';
import { splitWords } from './words.js';

function matched(lexicon: Lexicon, text: string, compounds = false): string[] {
  const words = splitWords(text);
  return lexicon.match(words, compounds).map(({ concept, fromWord, toWord }) => {
    const code = lexicon.concepts[concept]?.code ?? '';
    return `${code}: ${text.slice(words.start[fromWord], words.end[toWord - 1])}`;
  });
}

describe('the lexicon', () => {
  const terms = new LexiconBuilder();
  terms.add('entretien des espaces verts', '77310000', 'trade', 1);
  terms.add('entretien', '50000000', 'trade', 1);
  terms.add('débroussaill*', '77312000', 'trade', 1);
  terms.add('reiniging', '90910000', 'trade', 1);
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
    expect(matched(lexicon, 'gevelreiniging', true)).toEqual(['90910000: gevelreiniging']);
    expect(matched(lexicon, 'gevelreiniging')).toEqual([]);
  });

  it('refuses a term of little words and numbers alone', () => {
    expect(terms.add('de la 12', '45000000', 'trade', 1)).toBe(false);
  });
});
