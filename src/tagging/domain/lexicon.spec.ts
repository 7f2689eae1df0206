import { Lexicon } from './lexicon.js';
import { splitWords } from './words.js';

function matched(lexicon: Lexicon, text: string, compounds = false): string[] {
  const words = splitWords(text);
  return lexicon.match(words, compounds).map(({ concept, fromWord, toWord }) => {
    const code = lexicon.concepts[concept]?.code ?? '';
    return `${code}: ${text.slice(words.start[fromWord], words.end[toWord - 1])}`;
  });
}

describe('the lexicon', () => {
  const lexicon = new Lexicon();
  lexicon.add('entretien des espaces verts', '77310000', 'trade', 1);
  lexicon.add('entretien', '50000000', 'trade', 1);
  lexicon.add('débroussaill*', '77312000', 'trade', 1);
  lexicon.add('reiniging', '90910000', 'trade', 1);

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
    expect(lexicon.add('de la 12', '45000000', 'trade', 1)).toBe(false);
  });
});
