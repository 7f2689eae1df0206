import fc from 'fast-check';
import { addDecimals, roundDecimal } from '../../kernel/index.js';
import { blankLine, blankLot, blankTender, NO_PLACE } from './blank.js';
import { labourHours } from './labour-hours.js';
import type { BillLine, Lot, ParsedTender } from './parsed-tender.js';
import { splitIntoWorkPackages, type SplitHelp } from './split-into-work-packages.js';
import { tradeGroup } from './trade-group.js';

const TRADES: Readonly<Record<string, string>> = {
  peinture: '45442100',
  châssis: '45421100',
  haie: '77310000',
  béton: '45262300',
  clous: '44531000',
};

const MUNICIPALITIES: Readonly<Record<string, string>> = { Namur: '92094', Liège: '62063', Halle: '23027' };

/** Knows a handful of words, as a tagger would. */
const help: SplitHelp = {
  tradeOf: (text) =>
    Object.entries(TRADES)
      .filter(([word]) => text.toLowerCase().includes(word))
      .map(([, code]) => ({ code, confidence: 0.8 })),
  tradeTitle: (cpv) => `trade ${cpv}`,
  labour: {
    shares: [
      { trade: '45', shareMin: 0.3, shareMax: 0.45, rateMin: 40, rateMax: 50, source: 'ours' },
      { trade: '4544', shareMin: 0.5, shareMax: 0.7, rateMin: 35, rateMax: 50, source: 'ours' },
    ],
    outputs: [{ trade: '4544', unit: 'm2', hoursMin: 0.1, hoursMax: 0.3, source: 'ours' }],
  },
  places: {
    placesIn: (text) =>
      [...text.matchAll(/(\d{4}) (Namur|Liège|Halle)/g)].map(([, postalCode = '', municipality = '']) => ({
        ...NO_PLACE,
        postalCode,
        municipality,
      })),
    municipalityOf: ({ municipality }) =>
      municipality === 'Saint-Nicolas' ? 'several' : (MUNICIPALITIES[municipality ?? ''] ?? null),
  },
};

function tenderOf(...lots: readonly Lot[]): ParsedTender {
  return {
    format: 'xlsx',
    formatVersion: null,
    language: 'fr',
    tender: blankTender({ title: 'Cure' }),
    lots,
    notice: null,
    layout: [],
    problems: [],
  };
}

let row = 0;

function line(label: string, stated: Partial<BillLine> = {}): BillLine {
  row += 1;
  return blankLine({ label, place: { sheet: 'M', row }, key: `@M!${row}`, ...stated });
}

const euro = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'EUR' });

describe('the split into work packages', () => {
  it.each([
    ['of its own, and without', true, ['Haies', null]],
    ['not of the whole bill', false, [null]],
  ] as const)(
    'asks for the trade below a title with the name of the lot where it is %s',
    (_what, declared, names) => {
      const asked = new Set<string | null>();
      const lot = blankLot({
        ref: '1',
        declared,
        title: 'Haies',
        lines: [line('peinture', { section: ['Murs'] })],
      });
      splitIntoWorkPackages(tenderOf(lot), {
        ...help,
        tradeOf: (text, context) => {
          asked.add(context.lotTitle);
          return help.tradeOf(text, context);
        },
      });
      expect([...asked]).toEqual(names);
    },
  );

  it.each([
    ['below titles', ['Clôture du chantier']],
    ['without titles', []],
  ])('takes the words of lines %s before those of a lot of several services', (_where, section) => {
    const lot = blankLot({
      ref: '1',
      declared: true,
      title: 'Entretien des espaces verts et voiries',
      lines: ['Taille de haie', 'Haie vive', 'Peinture de bancs', 'Peinture de bornes'].map((label) =>
        line(label, { ref: '2.1', section: section.map((title) => `${title} ${label.split(' ')[0]}`) }),
      ),
    });
    const { packages } = splitIntoWorkPackages(tenderOf(lot), {
      ...help,
      tradeOf: (text, context) => [
        ...help.tradeOf(text, context).map(({ code }) => ({ code, confidence: 0.3 })),
        ...(context.lotTitle === null ? [] : [{ code: '77310000', confidence: 0.4 }]),
      ],
    });
    const paint = packages
      .filter(({ trade }) => trade === '45442100')
      .flatMap(({ lineIndexes }) => lineIndexes);
    expect(paint).toEqual([2, 3]);
  });

  it.each(['numbered', 'without numbers'])('leaves no crumbs of a lot without titles: %s', (how) => {
    const labels = ['Peinture de murs', 'Peinture de portes', 'Peinture de plafonds', 'Haie vive', 'Châssis'];
    const lines = labels.map((label, at) => line(label, how === 'numbered' ? { ref: `1.${at}` } : {}));
    const { packages } = splitIntoWorkPackages(tenderOf(blankLot({ ref: '1', lines })), help);
    expect(packages.map(({ lineIndexes }) => lineIndexes)).toEqual([[0, 1, 2, 3, 4]]);
  });

  it('lets a code that spans several trades give way to one of them', () => {
    const votes: Readonly<Record<string, readonly [string, number][]>> = {
      Châssis: [
        ['45420000', 0.5],
        ['45421000', 0.3],
      ],
      Cloisons: [
        ['45420000', 0.5],
        ['45421000', 0.2],
      ],
    };
    const lot = blankLot({
      ref: '1',
      lines: Object.keys(votes).map((label) => line(label, { section: [label] })),
    });
    const { packages } = splitIntoWorkPackages(tenderOf(lot), {
      ...help,
      tradeOf: (text) =>
        Object.entries(votes).flatMap(([word, all]) =>
          text.includes(word) ? all.map(([code, confidence]) => ({ code, confidence })) : [],
        ),
    });
    expect(packages.map(({ title, trade }) => [title, trade])).toEqual([
      ['Châssis', '45421000'],
      ['Cloisons', '45420000'],
    ]);
  });

  it.each([
    ['one that says the trade', [['Finitions', 'Peinture']], 'Peinture'],
    ['one that does not', [['PEINTURE', 'Sols']], 'Peinture – Sols'],
    [
      'several below one',
      [
        ['Finitions', 'Sols'],
        ['Finitions', 'MURS'],
      ],
      'Finitions – Sols, Murs',
    ],
    [
      'several below others',
      [
        ['Hall', 'Sols'],
        ['Bureau', 'Murs'],
      ],
      'Hall – Sols, Bureau – Murs',
    ],
    ['one below its lot', [['Sols']], 'Lot de finition – Sols'],
    ['one that is called as its lot', [['Lot de finition']], 'Lot de finition'],
  ])(
    'calls a package by its titles, with those above where they say nothing: %s',
    (_what, sections, title) => {
      const lines = sections.map((section) => line('peinture', { section }));
      const lot = blankLot({ ref: '1', declared: true, title: 'Lot de finition', lines });
      expect(splitIntoWorkPackages(tenderOf(lot), help).packages.map((one) => one.title)).toEqual([title]);
    },
  );

  it('makes one package of a lot without lines, and none of a group of lots', () => {
    const lot = blankLot({ ref: 'LOT-0001', title: 'Peintures', cpv: ['45442100'], value: euro('1000') });
    const { packages, unassigned } = splitIntoWorkPackages(
      tenderOf(lot, blankLot({ ref: 'GLO-0001', kind: 'LotsGroup' })),
      help,
    );
    expect(packages).toEqual([
      {
        ref: 'LOT-0001',
        lot: 'LOT-0001',
        lotIndex: 0,
        title: 'Peintures',
        lines: [],
        lineIndexes: [],
        trade: '45442100',
        value: euro('1000'),
        hours: null,
        places: [],
      },
    ]);
    expect(unassigned).toEqual([]);
  });

  it('joins the chapters of one trade and keeps lots apart', () => {
    const lines = [
      line('Peinture de murs', { section: ['Intérieur'] }),
      line('Châssis en bois', { section: ['Menuiseries'] }),
      line('Peinture de façade', { section: ['Extérieur'] }),
    ];
    const { packages } = splitIntoWorkPackages(
      tenderOf(
        blankLot({ ref: '1', lines }),
        blankLot({ ref: '2', lines: [line('Peinture', { section: ['x'] })] }),
      ),
      help,
    );
    expect(packages.map(({ ref, title, lineIndexes }) => [ref, title, lineIndexes])).toEqual([
      ['1-4544', 'Intérieur, Extérieur', [0, 2]],
      ['1-45421', 'Menuiseries', [1]],
      ['2-4544', 'x', [0]],
    ]);
  });

  describe('by place of work', () => {
    const split = (lines: readonly BillLine[], stated: Partial<Lot> = {}): unknown =>
      splitIntoWorkPackages(tenderOf(blankLot({ ref: '1', lines, ...stated })), help).packages.map(
        ({ ref, title, lineIndexes, places }) => [
          ref,
          title,
          lineIndexes.join(),
          places.map(({ municipality }) => municipality).join(),
        ],
      );
    const painted = (...zones: readonly (string | null)[]): BillLine[] =>
      zones.map((zone) => line('Peinture', { zone, section: ['Peintures'] }));
    const whole = (indexes: string, place = ''): unknown => [['1-4544', 'Peintures', indexes, place]];

    it('parts the same work in two municipalities', () => {
      const parted = [
        ['1-4544-92094', 'Peintures (Namur)', '0,2', 'Namur'],
        ['1-4544-62063', 'Peintures (Liège)', '1', 'Liège'],
      ];
      expect(split(painted('5000 Namur', 'Bât. A, 4000 Liège', '5000 Namur'))).toEqual(parted);
      expect(split(painted('Namur', 'Liège', 'Namur'))).toEqual(parted);
      const titled = ['Site de 5000 Namur', 'Chantier : rue Haute 3, 4000 Liège', 'Site de 5000 Namur'];
      expect(
        split(titled.map((title) => line('Peinture', { section: [title, 'Peintures'], zone: 'Bloc 1' }))),
      ).toEqual(parted);
    });

    it('leaves together what the lot says of all of them', () => {
      const namur = { ...NO_PLACE, municipality: 'Namur' };
      expect(split(painted('Namur', 'Liège', null), { places: [namur] })).toEqual([
        ['1-4544', 'Peintures', '0,2', 'Namur'],
        ['1-4544-62063', 'Peintures (Liège)', '1', 'Liège'],
      ]);
    });

    it.each([
      ['buildings', ['Bâtiment A', 'Bâtiment B', 'zone 3']],
      ['a hall among buildings', ['Halle', 'Bureaux', 'Namur']],
      ['a single name', ['Halle', 'Halle', null]],
      ['two places in one cell', ['5000 Namur et 4000 Liège', null, '5000 Namur et 4000 Liège']],
      ['names in doubt', ['Saint-Nicolas', 'Saint-Nicolas', null]],
    ])('does not part by %s', (_, zones) => {
      expect(split(painted(...zones))).toEqual(whole('0,1,2'));
    });

    it('does not part by a title that only names a place', () => {
      const titles = [
        'Granit de 5000 Namur',
        'Pierre de 4000 Liège',
        'Site 1500',
        'Évacuation hors chantier, décharge agréée de 5000 Namur',
        'Lieu de décharge : 4000 Liège',
        'Chantier à tenir propre, évacuation vers 4000 Liège',
        'Chantier, dépôt de 4000 Liège',
        'Site de stockage : rue Haute 3, 4000 Liège',
        'Werf, stortplaats, 9000 Gent',
        'Adres van de leverancier: 9000 Gent',
        'Adresse der Deponie: 4700 Eupen',
        'Chantier école, voir les plans des deux étages et de la cave, 4000 Liège',
      ];
      expect(split(titles.map((title) => line('Peinture', { section: [title, 'Peintures'] })))).toEqual(
        whole(titles.map((_, index) => index).join(',')),
      );
    });

    it.each([
      'Chantier : 4000 Liège',
      'Adresse du chantier : rue Haute 3, 4000 Liège',
      "Lieu d'exécution - 4000 Liège",
      'Site A : 4000 Liège',
      'Werf : Hoogstraat 3, 4000 Liège',
      'Plaats van uitvoering: 4000 Liège',
      'Baustelle 2 – 4000 Liège',
      'Ort der Ausführung: 4000 Liège',
      'Location of the works: 4000 Liège',
      'Chantier rue Haute 3, 4000 Liège',
      'Chantier école communale, 4000 Liège',
      "Site d'Ougrée : rue du Centre 4, 4000 Liège",
      "Site de l'hôpital : 4000 Liège",
      'Site 1, rue Haute 3, 4000 Liège',
      'Adresse du bâtiment : rue Haute 3, 4000 Liège',
      'Lieu des prestations : 4000 Liège',
      'Werf Kerkstraat 5, 4000 Liège',
      'Baustelle Hauptstraße 3, 4000 Liège',
      'Ort der Leistung: Hauptstraße 3, 4000 Liège',
    ])('parts by a title that opens with the place: %s', (title) => {
      const titles = ['Site de 5000 Namur', title];
      expect(split(titles.map((one) => line('Peinture', { section: [one, 'Peintures'] })))).toEqual([
        ['1-4544-92094', 'Peintures (Namur)', '0', 'Namur'],
        ['1-4544-62063', 'Peintures (Liège)', '1', 'Liège'],
      ]);
    });
  });

  it('believes the work of a chapter more than the goods it is made with', () => {
    const lines = [
      line('Fourniture de clous', { section: ['Terrasse'] }),
      line('Clous et vis', { section: ['Terrasse'] }),
      line('Peinture de lames', { section: ['Terrasse'] }),
    ];
    const { packages } = splitIntoWorkPackages(tenderOf(blankLot({ ref: '1', lines })), help);
    expect(packages.map(({ trade }) => trade)).toEqual(['45442100']);
  });

  it('tells the lines that nothing tells the trade of', () => {
    const lines = [line('Divers'), line('Imprévus', { kind: 'provisional' }), line('Peinture')];
    const { packages, unassigned } = splitIntoWorkPackages(tenderOf(blankLot({ ref: '1', lines })), help);
    expect(packages.map(({ lineIndexes }) => lineIndexes)).toEqual([[2]]);
    expect(unassigned.map(({ lineIndex, reason }) => [lineIndex, reason])).toEqual([
      [0, 'trade-unknown'],
      [1, 'provisional-sum'],
    ]);
  });

  const money = fc.integer({ min: -5_000_000, max: 50_000_000 }).map((mills) => {
    const digits = String(Math.abs(mills)).padStart(4, '0');
    return euro(`${mills < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`);
  });
  const anyLine = fc.record({
    label: fc.constantFrom('Peinture', 'Châssis', 'Haie', 'Béton', 'Divers'),
    total: money,
    section: fc.constantFrom<readonly string[]>([], ['A'], ['B'], ['B', 'C']),
    zone: fc.constantFrom(null, 'Bâtiment A', '5000 Namur', '4000 Liège', '1500 Halle'),
    kind: fc.constantFrom('base' as const, 'base' as const, 'option' as const, 'provisional' as const),
  });
  const lots = fc.array(fc.array(anyLine, { maxLength: 12 }), { minLength: 1, maxLength: 4 }).map((all) =>
    all.map((lines, index) =>
      blankLot({
        ref: String(index + 1),
        lines: lines.map((stated) => line(stated.label, { ...stated, variant: stated.kind === 'option' })),
      }),
    ),
  );

  it('puts every line in one package, or tells why in none', () => {
    fc.assert(
      fc.property(lots, (all) => {
        const { packages, unassigned } = splitIntoWorkPackages(tenderOf(...all), help);
        const placed = [...packages.flatMap((one) => one.lines), ...unassigned.map((one) => one.line)];
        expect(placed.toSorted()).toEqual(all.flatMap((lot) => lot.lines.map((one) => one.key)).toSorted());
        expect(new Set(packages.map((one) => one.ref)).size).toBe(packages.length);
        for (const one of packages) {
          const lines = one.lineIndexes.map((index) => all[one.lotIndex]!.lines[index]!);
          expect(lines.map(({ key }) => key)).toEqual(one.lines);
          const places = lines.map(({ zone }) => zone?.match(/\d{4} (.*)/)?.[1] ?? null);
          expect(new Set(places).size).toBe(lines.length === 0 ? 0 : 1);
          expect(one.places.map(({ municipality }) => municipality)).toEqual(places[0] ? [places[0]] : []);
        }
      }),
      { seed: 5 },
    );
  });

  it('gives values that add up to those of the lines, to the cent', () => {
    fc.assert(
      fc.property(lots, (all) => {
        const { packages } = splitIntoWorkPackages(tenderOf(...all), help);
        for (const [index, lot] of all.entries()) {
          const own = packages.filter((one) => one.lotIndex === index && one.value !== null);
          const priced = new Set(own.flatMap((one) => one.lines));
          const lines = lot.lines.filter((one) => priced.has(one.key) && !one.variant);
          const sum = lines.reduce((total, one) => addDecimals(total, one.total!.amount), '0');
          const given = own.reduce((total, one) => addDecimals(total, one.value!.amount), '0');
          expect(roundDecimal(given, 2)).toBe(roundDecimal(sum, 2));
        }
      }),
      { seed: 6 },
    );
  });

  it('gives the same packages when asked again', () => {
    fc.assert(
      fc.property(lots, (all) => {
        expect(splitIntoWorkPackages(tenderOf(...all), help)).toEqual(
          splitIntoWorkPackages(tenderOf(...all), help),
        );
      }),
      { numRuns: 30, seed: 8 },
    );
  });
});

describe('the depth of a trade', () => {
  it.each([
    ['45442100', '4544'],
    ['45261210', '45261'],
    ['45111300', '45111'],
    ['45110000', '4511'],
    ['45000000', '45'],
    ['77310000', '773'],
    ['90911200', '909'],
  ])('%s is %s', (cpv, group) => {
    expect(tradeGroup(cpv)).toBe(group);
  });
});

describe('hours of work', () => {
  const hour = line('Régie', { unitNorm: 'h', quantity: '40' });
  const painting = line('Peinture', { unitNorm: 'm2', quantity: '100' });

  it('counts hours that the bill counts', () => {
    expect(labourHours('45442100', [hour], null, help.labour)).toEqual({
      min: 40,
      max: 40,
      method: 'hour-lines',
    });
  });

  it('estimates the others by the share of labour in the price, of the narrowest trade', () => {
    expect(labourHours('45442100', [painting], euro('10000'), help.labour)).toEqual({
      min: 100,
      max: 200,
      method: 'labour-share',
    });
    expect(labourHours('45442100', [hour, painting], euro('10000'), help.labour)).toMatchObject({
      min: 140,
      max: 240,
      method: 'hour-lines+labour-share',
    });
  });

  it('estimates what is not priced by what a unit of the work takes', () => {
    expect(labourHours('45442100', [hour, painting], null, help.labour)).toEqual({
      min: 50,
      max: 70,
      method: 'hour-lines+labour-output',
    });
    const known = [painting, painting, painting].map((one) => ({ ...one }));
    const pieces = line('Divers', { unitNorm: 'pc', quantity: '3' });
    expect(labourHours('45442100', [...known, pieces], null, help.labour)).toEqual({
      min: 40,
      max: 120,
      method: 'labour-output',
    });
  });

  it('takes bricks and seedlings by the thousand for no fittings', () => {
    const table = {
      ...help.labour,
      outputs: [...help.labour.outputs, { ...help.labour.outputs[0]!, unit: 'pc' }],
    };
    const many = (quantity: string) => line('Peinture', { unitNorm: 'pc', quantity });
    const hours = (quantity: string) =>
      labourHours('45442100', [painting, painting, painting, many(quantity)], null, table);
    expect(hours('1000')).toMatchObject({ min: 130, max: 390 });
    expect(hours('14000')).toMatchObject({ min: 40, max: 120 });
  });

  it('says nothing when a part is neither counted nor priced nor in units that tell', () => {
    const pieces = line('Divers', { unitNorm: 'pc', quantity: '3' });
    expect(labourHours('45442100', [painting, pieces], null, help.labour)).toBeNull();
    expect(labourHours('45421000', [painting], null, help.labour)).toBeNull();
    expect(labourHours(null, [painting], euro('10000'), help.labour)).toBeNull();
  });
});
