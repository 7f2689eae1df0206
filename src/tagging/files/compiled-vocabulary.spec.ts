import { buildVocabulary } from '../domain/build-knowledge.js';
import { splitWords } from '../domain/words.js';
import { packVocabulary, unpackVocabulary } from './compiled-vocabulary.js';

const vocabulary = buildVocabulary({
  cpv: [
    'code,level,fr,nl,de,en',
    '45000000,division,Travaux,Bouwwerkzaamheden,Bauarbeiten,Construction work',
    '45442100,category,Travaux de peinture,Schilderwerk,Anstricharbeiten,Painting work',
  ].join('\n'),
  lexicons: ['code,fr,nl,de,en\n45442100,ravalement^1.5|peintur* de façade,gevel schilderen,Anstrich,\n'],
  actions: 'action,fr,nl,de,en\nstudy,étude,studie,Studie,study\n',
});

describe('the vocabulary as the build keeps it', () => {
  const kept = unpackVocabulary(packVocabulary(vocabulary, 7), 7);

  it('finds the same terms in a text as one built from the files', () => {
    const words = splitWords('Étude, ravalement et peintures de façades; Schilderwerk; Außenanstrich');
    const found = vocabulary.lexicon.match(words, true);
    expect(found.length).toBeGreaterThanOrEqual(5);
    expect(kept?.lexicon.match(words, true)).toEqual(found);
    expect(kept?.lexicon.concepts).toEqual(vocabulary.lexicon.concepts);
  });

  it('knows the same codes, with their labels', () => {
    expect(kept?.catalogue).toEqual(vocabulary.catalogue);
  });

  it('is not used for files other than those it was built from', () => {
    expect(unpackVocabulary(packVocabulary(vocabulary, 7), 8)).toBeNull();
  });
});
