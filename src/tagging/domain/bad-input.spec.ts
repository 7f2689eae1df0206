import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { within } from '../../../test/within.js';
import { fromRoot } from '../../platform/project-root.js';
import { loadTagModel } from '../files/load-model.js';
import { parseCsv } from './csv.js';
import { tagText } from './tag-text.js';

const model = loadTagModel();
const entries = [...model.catalogue.entries.values()];
const anEntry = fc.constantFrom(...entries);
const belgium = (file: string): Record<string, string>[] =>
  parseCsv(readFileSync(fromRoot('data', 'belgium', file), 'utf8'));
const localities = belgium('postal-codes.csv').map(({ locality }) => locality ?? '');
const aPlace = fc.constantFrom(...localities);
const aLanguage = fc.constantFrom('fr', 'nl', 'de', 'en');
const lettersOf = (alphabet: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 3, maxLength: 14 });
/** Begins as nothing does: words without vowels exist, CSP, LKW and WDVS among them. */
const latinWord = lettersOf('bcdfghjklmnpqrstvwxz').map((letters) => `zxq${letters}`);
const greekText = fc.array(lettersOf('αβγδεζηθικλμνξοπρστυφχψω'), { minLength: 1, maxLength: 30 });

const shout = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
const divisionOf = (text: string, lang?: string): string | undefined =>
  tagText(model, { text, lang: lang ?? null }).cpv[0]?.code.slice(0, 2);

describe('bad input', () => {
  it('one word that is no word is never accepted', () => {
    fc.assert(
      fc.property(latinWord, aLanguage, (text, lang) => {
        const { accepted, placeable } = tagText(model, { text, lang });
        expect([accepted, placeable.accepted]).toEqual([false, false]);
      }),
      // Of letters that stand in a word of software.
      { numRuns: 300, examples: [['zxqftw', 'de']] },
    );
  });

  it('one word that means something among words that are none decides nothing', () => {
    fc.assert(
      fc.property(fc.array(latinWord, { minLength: 2, maxLength: 8 }), aLanguage, (words, lang) => {
        const alone = tagText(model, { text: 'Nettoyage', lang: 'fr' });
        const { accepted, placeable } = tagText(model, { text: ['nettoyage', ...words].join(' '), lang });
        expect([alone.accepted, accepted, placeable.accepted]).toEqual([true, false, false]);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['fr', 'Nettoyage — Wellin, Libin, Tellin, Daverdisse, Paliseul, Bertrix'],
    ['fr', 'NETTOYAGE WELLIN LIBIN TELLIN DAVERDISSE'],
    ['nl', 'Schilderwerken Sint-Jozefsinstituut Zwevezele Ardooie Koolskamp'],
    ['de', 'Malerarbeiten Püttlingen Köllerbach Heusweiler Riegelsberg'],
    ['en', 'Office cleaning Mytholmroyd Heckmondwike Cleckheaton Ossett'],
  ])('names of places and houses take nothing from a trade: %s, %s', (lang, text) => {
    const { accepted, placeable } = tagText(model, { lang, text });
    expect([accepted, placeable.accepted]).toEqual([true, true]);
  });

  it('Greek is never accepted, whatever language it is said to be', () => {
    fc.assert(
      fc.property(greekText, fc.option(aLanguage, { nil: null }), (words, lang) => {
        const { accepted, placeable } = tagText(model, { text: words.join(' '), lang });
        expect([accepted, placeable.accepted]).toEqual([false, false]);
      }),
      { numRuns: 200 },
    );
  });

  it('capitals without accents say what the label says', () => {
    fc.assert(
      fc.property(anEntry, aLanguage, (entry, lang) => {
        const label = entry.labels[lang as 'fr'];
        // A lone word may be the name of a place.
        fc.pre(/\s/.test(label));
        const codes = (text: string): string[] => tagText(model, { text, lang }).cpv.map(({ code }) => code);
        expect(codes(label).length).toBeGreaterThan(0);
        expect(codes(shout(label))).toEqual(codes(label));
      }),
      { numRuns: 300 },
    );
  });

  it('a code written into a title changes nothing: it may be that of the whole, of last year, or a telephone', () => {
    fc.assert(
      fc.property(anEntry, anEntry, aLanguage, (entry, other, lang) => {
        const text = entry.labels[lang as 'fr'];
        const titled = `${other.code}-3 ${text}`;
        expect(divisionOf(titled, lang)).toBe(divisionOf(text, lang));
      }),
      { numRuns: 200 },
    );
  });

  it('two languages at once: what is accepted is the trade of one of them', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anEntry, aLanguage, aLanguage, (entry, one, two) => {
        const texts = [entry.labels[one as 'fr'], entry.labels[two as 'fr']];
        const both = tagText(model, { text: texts.join(' / ') });
        if (!both.accepted) return;
        accepted += 1;
        const alone = [...texts.map((text) => divisionOf(text)), entry.code.slice(0, 2)];
        expect(alone).toContain(both.cpv[0]?.code.slice(0, 2));
      }),
      { numRuns: 200 },
    );
    // Without this the property would hold for a tagger that accepts nothing.
    expect(accepted).toBeGreaterThan(20);
  });

  // Work that grew with the square of the text would take minutes.
  it('the name of a place says nothing: "Lot 2 : Trois-Ponts" is not about bridges', () => {
    fc.assert(
      fc.property(aPlace, fc.constantFrom('', 'Lot 2 : ', 'Perceel 3 - '), aLanguage, (name, lot, lang) => {
        const alone = tagText(model, { text: `${lot}${name}`, lang });
        expect([alone.accepted, alone.placeable.accepted]).toEqual([false, false]);
      }),
      { numRuns: 300 },
    );
  });

  it('a lot called by its place is what the whole is', () => {
    const context = 'Entretien des espaces verts';
    const whole = tagText(model, { text: context, lang: 'fr' });
    fc.assert(
      fc.property(aPlace, (name) => {
        const lot = tagText(model, { text: `Lot 2 : ${name}`, context, lang: 'fr' });
        expect(lot.cpv[0]?.code).toBe(whole.cpv[0]?.code);
        expect(lot.placeable.label).toBe('yes');
      }),
      { numRuns: 300 },
    );
  });

  it('100 kB of anything is read', () => {
    within(60, () =>
      fc.assert(
        fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (piece) => {
          const text = piece.repeat(Math.ceil(100_000 / piece.length));
          expect(tagText(model, { text }).cpv.length).toBeLessThanOrEqual(5);
        }),
        { numRuns: 20 },
      ),
    );
  });
});
