import { loadTagModel } from '../files/load-model.js';
import { tagText } from './tag-text.js';

const WIRING = [
  'Chemins de câbles en acier galvanisé',
  'Câble XVB 3G2,5 sous tube',
  'Interrupteur simple direction encastré',
  'Prise de courant double encastrée',
  'Luminaire LED plafonnier',
  'Luminaire de secours',
  'Tableau divisionnaire de 24 modules',
  'Câblage informatique catégorie 6',
  'Détecteur de présence',
];
const ofLines = (lines: readonly string[]) =>
  tagText(loadTagModel(), {
    lang: 'fr',
    title: 'Installations électriques',
    text: ['Installations électriques', ...lines].join('\n'),
    fromBill: true,
    votedCode: '45311000',
  }).placeable;

describe('what a word says of a bill', () => {
  it('is said of the lines it stands in: one of high tension does not make all of them dangerous', () => {
    const some = ofLines([...WIRING, 'Raccordement à la cabine haute tension']);
    expect(some.label).not.toBe('no');
    expect(some.reasons).not.toContain('hazardous');
  });

  it('is said of one line of four: the others can be parted from it', () => {
    const demolition = tagText(loadTagModel(), {
      lang: 'fr',
      title: 'Déposes',
      text: 'Déposes\nDépose de faux plafonds\nDépose de portes\nDépose de plaques en amiante\nDépose de revêtements de sol',
      fromBill: true,
    }).placeable;
    expect(demolition.label).toBe('part');
    expect(demolition.reasons).toContain('hazardous');
  });

  it('is said of the whole when most lines say it', () => {
    const all = ofLines(WIRING.map((line) => `${line}, travail sous haute tension`));
    expect(all.label).toBe('no');
    expect(all.reasons).toContain('hazardous');
  });

  it.each([
    ['fr', 'Pose de panneaux sans amiante', 'Pose de panneaux en amiante'],
    ['nl', 'Plaatsen van asbestvrije platen', 'Plaatsen van asbesthoudende platen'],
    ['de', 'Montage asbestfreier Platten', 'Montage von Asbestplatten'],
    ['en', 'Fixing asbestos-free boards', 'Fixing asbestos boards'],
  ])('is not said where it says what is absent: %s, %s', (lang, without, with_) => {
    const reasons = (text: string) =>
      tagText(loadTagModel(), { lang, text, fromBill: true }).placeable.reasons;
    expect(reasons(with_)).toContain('hazardous');
    expect(reasons(without)).not.toContain('hazardous');
  });

  it('is no regular service because something is cleaned at the end', () => {
    const painting = tagText(loadTagModel(), {
      lang: 'fr',
      title: 'Peintures',
      text: 'Peintures\nPeinture de murs, nettoyage compris\nPeinture de plafonds',
      fromBill: true,
      votedCode: '45442100',
    });
    expect(painting.placeable.reasons).toEqual(['common_trade', 'labour_intensive']);
  });
});

describe('what decides is the work, not who lets it', () => {
  const outdoors = (by: string) =>
    tagText(loadTagModel(), { lang: 'fr', text: `Délibération du ${by} : aménagement des abords` }).placeable;

  it.each([
    ['fr', 'Peinture des murs de l’école', 'rue du Pont 12'],
    ['de', 'Malerarbeiten in der Schule', 'Brückenstraße 12'],
  ])('a bridge in the name of the street is none to build: %s, %s', (lang, works, address) => {
    const verdict = (text: string) => tagText(loadTagModel(), { lang, text }).placeable;
    for (const text of [works, `${works}, ${address}`])
      expect(verdict(text)).toMatchObject({ label: 'yes', accepted: true });
  });

  it('a council is no advice', () => {
    expect(outdoors('conseil communal').reasons).not.toContain('intellectual');
    expect(outdoors('conseil en organisation').reasons).toContain('intellectual');
  });

  it.each(['Conseil communal', 'Appui', 'Plomb'])(
    'is left to a person where the trade is a guess: %s',
    (text) => {
      const { cpv, placeable } = tagText(loadTagModel(), { lang: 'fr', text });
      expect(cpv[0]?.confidence).toBeLessThan(0.4);
      expect(placeable.confidence).toBeGreaterThan(0.82);
      expect(placeable.accepted).toBe(false);
    },
  );
});
