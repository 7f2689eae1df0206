import { buildVocabulary } from './build-knowledge.js';
import type { TextLanguage } from './detect-language.js';
import { splitWords } from './words.js';

const { lexicon } = buildVocabulary({
  cpv: [
    'code,level,fr,nl,de,en',
    '03222321,category,Pommes,Appels,Äpfel,Apples',
    '44618400,category,Canettes,Blikjes,Dosen,Cans',
    '44618420,category,Boîtes en fer,Blikken dozen,Blechdosen,Food cans',
  ].join('\n'),
  lexicons: ['code,fr,nl,de,en\n44618400,cannette*,,,\n'],
  actions: 'action,fr,nl,de,en\n',
  misleadingLabels: 'lang,word\nen,can\n',
  places: [],
});

function codes(text: string, lang: TextLanguage): (string | undefined)[] {
  return lexicon.match(splitWords(text), lang).map(({ concept }) => lexicon.concepts[concept]?.code);
}

describe('official labels as terms', () => {
  it('of one word are looked for in texts of their language alone', () => {
    expect(codes('levering van appels', 'nl')).toEqual(['03222321']);
    expect(codes('deux appels d’offres', 'fr')).toEqual([]);
  });

  it('of several words are found in a text of any language', () => {
    expect(codes('blikken dozen', 'fr')).toEqual(['44618420']);
  });

  it('are left out when the word alone says something else in a sentence', () => {
    expect(codes('the buyer can extend it', 'en')).toEqual([]);
    expect(codes('supply of food cans', 'en')).toEqual(['44618420']);
  });

  it('leave the terms of people as they are', () => {
    expect(codes('aluminium cannettes', 'en')).toEqual(['44618400']);
  });
});
