import fc from 'fast-check';
import { loadTagModel } from '../files/load-model.js';
import { tagText } from './tag-text.js';
import { PLACEABLE_REASONS, type EvidenceSpan, type TagInput, type TagResult } from './tag.js';

const model = loadTagModel();

const words = fc.constantFrom(
  'travaux',
  'de',
  'peinture',
  'ENTRETIEN',
  'espaces verts',
  'Lieferung',
  'schilderwerken',
  'cleaning',
  'œuvre',
  'n°',
  '12',
  'ß',
  'Ελλάδα',
  '\u0301',
  '🚧',
  '<br />',
  'voir II.2.1',
  '45442100',
  '...',
  '\n',
  'Gebäudereinigung',
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(words, { maxLength: 40 }).map((list) => list.join(' ')),
);
const anyInput: fc.Arbitrary<TagInput> = fc.record({
  lang: fc.constantFrom(null, 'fr', 'nl', 'de', 'en', 'pl', 'xx', ''),
  title: fc.option(anyText, { nil: null }),
  context: fc.option(anyText, { nil: null }),
  text: anyText,
  fromBill: fc.boolean(),
});

function expectSpans(text: string, spans: readonly EvidenceSpan[]): void {
  for (const span of spans) {
    expect(span.end).toBeGreaterThan(span.start);
    expect(text.slice(span.start, span.end)).toBe(span.text);
  }
}

function expectSound(input: TagInput, result: TagResult): void {
  expect(result.cpv.length).toBeLessThanOrEqual(5);
  expect(new Set(result.cpv.map(({ code }) => code)).size).toBe(result.cpv.length);
  let before = 1;
  for (const candidate of result.cpv) {
    expect(model.catalogue.has(candidate.code)).toBe(true);
    expect(candidate.confidence).toBeGreaterThanOrEqual(0);
    expect(candidate.confidence).toBeLessThanOrEqual(before);
    before = candidate.confidence;
    expectSpans(input.text, candidate.evidence);
  }
  const { placeable } = result;
  expect(placeable.confidence).toBeGreaterThanOrEqual(0);
  expect(placeable.confidence).toBeLessThanOrEqual(1);
  expect(placeable.reasons.every((reason) => PLACEABLE_REASONS.includes(reason))).toBe(true);
  expect(placeable.parts.every((code) => model.catalogue.has(code))).toBe(true);
  expectSpans(input.text, placeable.evidence);
}

describe('any text', () => {
  it('gives an answer or an abstention, with evidence that is in the text', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anyInput, (input) => expectSound(input, tagText(model, input))),
      { numRuns: 400 },
    );
  });

  it('gives the same answer twice', () => {
    fc.assert(
      fc.property(anyInput, (input) => expect(tagText(model, input)).toEqual(tagText(model, input))),
      { numRuns: 100 },
    );
  });

  it('is sure of nothing when the text says nothing', () => {
    for (const text of [
      '',
      ' ',
      '.',
      '12345',
      'xyzzy',
      'Lot 3',
      '\u0000',
      'de la du',
      '🚧🚧',
      'Test. Tessttessttesst',
    ]) {
      const result = tagText(model, { text });
      expectSound({ text }, result);
      expect(result.accepted).toBe(false);
    }
  });

  it('reads Greek without being sure of it', () => {
    const text = 'Προμήθεια και εγκατάσταση εξοπλισμού παιδικής χαράς για τον Δήμο';
    const result = tagText(model, { text });
    expect(result.lang).toBe('und');
    expect(result.accepted).toBe(false);
    expectSound({ text }, result);
  });

  it('reads 100 kB in a moment', () => {
    const text = 'Travaux de peinture intérieure et ravalement de façade. '.repeat(1_800);
    const result = tagText(model, { text, lang: 'fr' });
    expectSound({ text }, result);
    expect(result.cpv[0]?.code.slice(0, 3)).toBe('454');
  });

  it('reads capitals without accents as it reads the same words written well', () => {
    const plain = tagText(model, { text: 'Réfection de la toiture et des chéneaux de l’église', lang: 'fr' });
    const shouted = tagText(model, {
      text: 'REFECTION DE LA TOITURE ET DES CHENEAUX DE L’EGLISE',
      lang: 'fr',
    });
    expect(shouted.cpv.map(({ code }) => code)).toEqual(plain.cpv.map(({ code }) => code));
  });

  it('reads two languages at once', () => {
    const text = 'Nettoyage des bureaux / Schoonmaak van de kantoren';
    const result = tagText(model, { text });
    expect(result.cpv[0]?.code.slice(0, 3)).toBe('909');
    expectSound({ text }, result);
  });

  it('takes the code the lines of a bill voted for, and keeps what the words say below it', () => {
    const text = 'Services horticoles\nTonte des pelouses\nDésherbage des bordures de voirie';
    const voted = tagText(model, { lang: 'fr', text, fromBill: true, votedCode: '90610000' });
    expect(voted.cpv[0]?.code).toBe('90610000');
    expect(voted.cpv.map(({ code }) => code.slice(0, 2))).toContain('77');
    expectSound({ text }, voted);
  });

  it.each([
    ['Désamiantage', 'fr'],
    ['Asbestverwijdering', 'nl'],
    ['Asbestsanierung', 'de'],
    ['Asbestos removal', 'en'],
  ])('gives asbestos the codes that name it, works or service, and no demolition: %s', (text, lang) => {
    const codes = tagText(model, { text, lang }).cpv.map(({ code }) => code);
    expect(['45262660', '90650000']).toContain(codes[0]);
    expect(codes.filter((code) => code.startsWith('4511'))).toEqual([]);
  });

  it.each([
    ['Caisses enregistreuses', 'fr', '30142200'],
    ['Levering van kassa’s', 'nl', '30142200'],
    ['Registrierkassen', 'de', '30142200'],
    ['Verrerie de laboratoire', 'fr', '33793000'],
    ['Laboratoriumglaswerk', 'nl', '33793000'],
    ['Laborglas', 'de', '33793000'],
    ['Retrait d’amiante', 'fr', '45262660'],
  ])('names the code whose own label or trade it is: %s', (text, lang, code) => {
    expect(tagText(model, { text, lang }).cpv[0]?.code).toBe(code);
  });

  it('tells how sure it is in two steps where few lines taught it, and decides by what is behind', () => {
    const { steps } = model.linear!.calibration;
    const told = (text: string, lang: string, fromBill = false): readonly [boolean, number] => {
      const { accepted, cpv } = tagText(model, { text, lang, fromBill });
      return [accepted, cpv[0]?.confidence ?? 0];
    };
    for (const [place, [sure, guess, lang]] of [
      ['Malerarbeiten im Rathaus', 'Leistungen', 'de'],
      ['Window cleaning services', 'Milk', 'en'],
      ['Schilderwerken in het gemeentehuis', 'Levering van kassa’s', 'nl'],
    ].entries()) {
      const [review, accepted] = [told(guess!, lang!), told(sure!, lang!)];
      expect([review[0], accepted[0]]).toEqual([false, true]);
      expect(Math.abs(review[1] - steps[2 * place]!)).toBeLessThan(0.006);
      expect(Math.abs(accepted[1] - steps[2 * place + 1]!)).toBeLessThan(0.006);
    }
    // Words that say nothing give a guess; a bill is weighed otherwise.
    for (const [, share] of [told('Diverse zaken', 'nl'), told('Milk', 'en', true)])
      expect(steps.every((step) => Math.abs(step - share) > 0.006)).toBe(true);
  });

  it('is not misled by line ends that lost their backslashes', () => {
    const broken = tagText(model, { lang: 'en', text: 'Window cleaning.rnrnOffice cleaning.rnDaily.' });
    const whole = tagText(model, { lang: 'en', text: 'Window cleaning.    Office cleaning.  Daily.' });
    expect(broken.cpv.map(({ code }) => code)).toEqual(whole.cpv.map(({ code }) => code));
  });

  it('lets the whole decide when a lot says nothing for itself', () => {
    const result = tagText(model, {
      lang: 'nl',
      text: 'Zie II.2.1',
      context: 'Groenonderhoud en maaien van bermen',
    });
    expect(result.cpv[0]?.code.slice(0, 2)).toBe('77');
    expect(result.cpv[0]?.evidence).toEqual([]);
  });
});
