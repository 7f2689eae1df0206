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
  misleadingLabels: 'lang,word\n',
  places: ['locality\nTrois-Ponts\n'],
});

describe('the vocabulary as the build keeps it', () => {
  const kept = unpackVocabulary(packVocabulary(vocabulary, 7), 7);

  it('finds the same terms in a text as one built from the files', () => {
    const words = splitWords('Étude, ravalement et peintures de façades; Schilderwerk; Außenanstrich');
    const found = vocabulary.lexicon.match(words, 'de');
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(kept?.lexicon.match(words, 'de')).toEqual(found);
    expect(kept?.lexicon.concepts).toEqual(vocabulary.lexicon.concepts);
    const place = splitWords('Lot 1 : Trois-Ponts');
    expect(vocabulary.places.match(place, 'fr')).toHaveLength(1);
    expect(kept?.places.match(place, 'fr')).toEqual(vocabulary.places.match(place, 'fr'));
  });

  it('knows the same codes, with their labels', () => {
    expect(kept?.catalogue).toEqual(vocabulary.catalogue);
  });

  it('is not used for files other than those it was built from', () => {
    expect(unpackVocabulary(packVocabulary(vocabulary, 7), 8)).toBeNull();
  });

  it('is not used when it is damaged', () => {
    const whole = packVocabulary(vocabulary, 7);
    const turned = Buffer.from(whole);
    turned.writeUInt8(turned.readUInt8(whole.length - 9) ^ 1, whole.length - 9);
    for (const damaged of [Buffer.alloc(0), whole.subarray(0, 100), turned])
      expect(unpackVocabulary(damaged, 7)).toBeNull();
  });
});
