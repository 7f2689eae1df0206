import type { GridCell } from './grid.js';
import { codes, lines, read, sheet, type Rows } from '../../../../test/factories/bill-sheet.factory.js';

const MEASURES = ['L', 'l', 'h'];

describe('a bill that shows how its quantities were measured', () => {
  it('adds rooms that repeat the unit up to the article above them, and counts no pieces for them', () => {
    const rows: Rows = [
      ['Pos.', 'Raum / Bauteil', 'Anzahl', 'Länge', 'Höhe', 'Ergebnis', 'Einheit'],
      ['1.1', 'Innenputz'],
      [null, 'Wohnzimmer', 2, 5, 3, 30, 'm²'],
      [null, 'Fenster', 1, 2, 1, -2, 'm²'],
      [null, 'Summe 1.1', null, null, null, 28, 'm²'],
      ['1.2', 'Decken'],
      [null, 'Küche', 1, 5, 4, 20, 'm²'],
      [null, 'Bad', 1, 3, 4, 12, 'm²'],
    ];
    expect(lines(read(sheet('M', rows)))).toEqual([
      '1 | 1.1 | Innenputz | m² | 28 | ',
      '1 |  | Küche | m² | 20 | ',
      '1 |  | Bad | m² | 12 | ',
    ]);
  });

  it.each([
    ['fr', ['N°', 'Désignation', 'U', 'Nb', 'Longueur', 'Largeur', 'Hauteur', 'Partiel', 'Quantité']],
    [
      'nl',
      [
        'Art.',
        'Omschrijving',
        'Eenh.',
        'Aantal',
        'Lengte',
        'Breedte',
        'Hoogte',
        'Deelhoeveelheid',
        'Totale hoeveelheid',
      ],
    ],
    [
      'de',
      ['Pos.', 'Bezeichnung', 'Einheit', 'Anzahl', 'Länge', 'Breite', 'Höhe', 'Teilmenge', 'Gesamtmenge'],
    ],
    ['en', ['Item', 'Description', 'Unit', 'Times', 'Length', 'Width', 'Height', 'Coeff', 'Total quantity']],
  ])('takes what the measures give, and no measure (%s)', (_, header) => {
    const tender = read(
      sheet('M', [
        header,
        ['21.11', 'Zone A et B', 'm3', null, null, null, null, null, '66'],
        [null, 'A', null, 1, 10, 3, 2, 60, null],
        [null, 'B', null, 1, 3, 2, 1, 6, null],
      ]),
    );
    expect(lines(tender)).toEqual(['1 | 21.11 | Zone A et B | m3 | 66 | ']);
    expect(tender.lots[0]!.lines[0]!.description).toBe('A | 1 | 10 | 3 | 2 | 60\nB | 1 | 3 | 2 | 1 | 6');
    expect(tender.problems).toEqual([]);
  });

  it('reads measures below a merged header, on every page again', () => {
    const header = [
      ['N°', 'Désignation', 'Un.', 'Quantités', null, null, null, 'P.U. (€)', 'Montant (€)'],
      [null, null, null, ...MEASURES, 'Total', null, null],
    ];
    const tender = read(
      sheet('M', [
        ...header,
        ['1', 'Dépose de châssis', 'pc', null, null, null, 12, '10,00', '120,00'],
        [null, 'Façade avant', null, 6, null, null, 6],
        [null, 'Façade arrière', null, 6, null, null, 6],
        ...header,
        ['2', 'Peinture', 'm²', null, null, null, 125.5, '12,00', '1506,00'],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 1 | Dépose de châssis | pc | 12 | ',
      '1 | 2 | Peinture | m² | 125.5 | ',
    ]);
    expect(tender.lots[0]!.lines[1]!.total).toEqual({ amount: '1506.00', currency: 'EUR' });
    expect(tender.problems).toEqual([]);
  });

  it('gives an article the quantity that its measures end with', () => {
    const tender = read(
      sheet('M', [
        ['Article', 'Désignation', 'Nb', ...MEASURES, 'Partiel', 'Total', 'U'],
        ['31.10', 'Béton de propreté'],
        [null, 'Façade', 1, '12,50', '0,60', '0,05', '0,375'],
        [null, 'Pignon', 2, '8,00', '0,60', '0,05', '0,480'],
        [null, 'Total 31.10', null, null, null, null, null, '0,855', 'm³'],
        ['31.20', 'Maçonnerie de blocs'],
        [null, 'Façade', 1, '12,50', null, '3,00', '37,50'],
        [null, null, null, null, null, null, null, '37,50', 'm²'],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 31.10 | Béton de propreté | m³ | 0.855 | ',
      '1 | 31.20 | Maçonnerie de blocs | m² | 37.50 | ',
    ]);
    expect(tender.problems).toEqual([]);
  });

  it('ends a line with the sum of its measures, its price and its amount', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Description', 'Nbre', 'Long.', 'Haut.', 'Partiel', 'Quantité', 'Unité', 'P.U. €', 'Total €'],
        ['22.11', 'Maçonnerie de parement', null, null, null, null, null, 'm²'],
        [null, 'Façade Nord', 1, 10, 6, 60],
        [null, 'À déduire', -2, 1, 1, -2],
        [null, 'Total', null, null, null, null, 58, 'm²', 10, 580],
        ['22.12', 'Joints', 1, null, null, 58, 58, 'm²', 1, 58],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 22.11 | Maçonnerie de parement | m² | 58 | ',
      '1 | 22.12 | Joints | m² | 58 | ',
    ]);
    expect(tender.lots[0]!.lines[0]).toMatchObject({ unitPrice: { amount: '10' }, total: { amount: '580' } });
    expect(tender.problems).toEqual([]);
  });

  it('gives no verdict on measures that were not read', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', 'L', 'l', 'Quantité'],
        ['1', 'Peinture de murs', 'm²', null, null, 30],
        [null, 'Local 1', null, 2, 5, 10],
        [null, 'Local 2', null, 4, 5, 'voir plan'],
      ]),
    );
    expect(tender.problems).toEqual([]);
  });

  it('tells rooms that do not add up to the quantity above them', () => {
    const tender = read(
      sheet('M', [
        ['Nr.', 'Omschrijving', 'Eenheid', 'Hoeveelheid'],
        ['81.10', 'Schilderen van muren', 'm²', '2.400,0'],
        [null, 'Lokaal 1.01', null, '1.200,0'],
        [null, 'Lokaal 1.02', null, '1.000,0'],
        ['81.20', 'Schilderen van plafonds', 'm²', null],
        [null, 'Lokaal 1.01', null, '50'],
        [null, 'Totaal', null, '50'],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 81.10 | Schilderen van muren | m² | 2400.0 | ',
      '1 | 81.20 | Schilderen van plafonds | m² | 50 | ',
    ]);
    expect(tender.problems).toMatchObject([
      { code: 'bill.measures.differ', found: '2400.0', expected: '2200.0', place: { row: 2, column: 'D' } },
    ]);
  });

  it('gives an article without a quantity what its measures add up to', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', 'Quantité'],
        ['1.1', 'Fenêtres', 'pce', 3],
        [null, 'Fenêtre 80', null, 1],
        [null, 'Fenêtre 90', null, 2],
        ['1.2', 'Portes', 'pce', null],
        [null, 'Porte 80', null, 3],
        [null, 'Porte 90', null, 2],
        ['1.3', 'Seuils', 'pce', null],
        [null, 'Seuil 80', null, 3],
        [null, 'Seuil 90', null, 'voir plan'],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 1.1 | Fenêtres | pce | 3 | ',
      '1 | 1.2 | Portes | pce | 5 | ',
      '1 | 1.3 | Seuils | pce |  | ',
    ]);
    expect(codes(tender)).toEqual(['bill.quantity.missing']);
  });
});

describe('a row with words and a quantity and no number of its own', () => {
  it.each([
    ['fr', 'Fourniture de portes', 'Pose des portes', 'Réglage'],
    ['nl', 'Levering van deuren', 'Plaatsing van deuren', 'Afstelling'],
    ['de', 'Türen liefern', 'Türen einbauen', 'Einstellen'],
    ['en', 'Supply of doors', 'Fixing of doors', 'Adjustment'],
  ])('is a line of its own, where nothing is added up (%s)', (_, first, second, third) => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', 'Quantité'],
        ['1', first, 'pc', 4],
        [null, second, null, 4],
        [null, third, null, 1],
      ]),
    );
    expect(lines(tender)).toEqual([
      `1 | 1 | ${first} | pc | 4 | `,
      `1 |  | ${second} |  | 4 | `,
      `1 |  | ${third} |  | 1 | `,
    ]);
  });

  it('is a measure, where several add up to what the line says, with texts between them', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', 'Quantité'],
        ['1', 'Peinture de murs', 'm²', '1.200,5'],
        [null, 'Rez-de-chaussée', null, null],
        [null, 'Local 1', null, '1.000,0'],
        [null, 'Étage', null, null],
        [null, 'Local 2', null, '200,5'],
        ['2', 'Plinthes', 'm', 10],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 1 | Peinture de murs | m² | 1200.5 | ',
      '1 | 2 | Plinthes | m | 10 | ',
    ]);
    expect(tender.problems).toEqual([]);
  });
});

describe('a bill of doors and windows, with their measures', () => {
  const priced = (tender: ReturnType<typeof read>): readonly string[] =>
    tender.lots.flatMap((lot) =>
      lot.lines.map(({ label, unit, quantity, unitPrice, total }) =>
        [label, unit, quantity, unitPrice?.amount, total?.amount].join(' | '),
      ),
    );

  it.each([
    [
      'N° | Désignation | Largeur | Hauteur | Nombre | PU | Total',
      '1 | Portes | 93 | 201 | 4 | 100,00 | 400,00',
      'Portes |  | 4 | 100.00 | 400.00',
    ],
    [
      'Désignation | U | Nombre | H | D | PU',
      'Portes | pc | 4 | 201 | 93 | 100,00',
      'Portes | pc | 4 | 100.00 | ',
    ],
    [
      'Nr. | Omschrijving | Hoogte | Aantal | Eenh. | EP | Totaal',
      '1 | Deuren | 210 | 4 | st | 100,00 | 400,00',
      'Deuren | st | 4 | 100.00 | 400.00',
    ],
    [
      'Nr. | Omschrijving | Breedte | Hoogte | Dikte | Aantal | E.P. | Totaal',
      '1 | Deuren | 93 | 210 | 4 | 5 | 100,00 | 500,00',
      'Deuren |  | 5 | 100.00 | 500.00',
    ],
    [
      'Omschrijving | Breedte | Hoogte | Aantal | Totaal (€)',
      'Deuren | 93 | 210 | 4 | 400,00',
      'Deuren |  | 4 |  | 400.00',
    ],
    [
      'Pos. | Bezeichnung | Breite | Höhe | Anzahl | EP | GP',
      '1 | Türen | 101 | 213 | 4 | 100,00 | 400,00',
      'Türen |  | 4 | 100.00 | 400.00',
    ],
    [
      'Pos. | Bezeichnung | Anzahl | B | H | EP | GP',
      '1 | Türen | 4 | 101 | 213 | 100,00 | 400,00',
      'Türen |  | 4 | 100.00 | 400.00',
    ],
    [
      'Item | Description | Width | Height | Qty | Rate | Total',
      '1 | Doors | 93 | 210 | 4 | 100.00 | 400.00',
      'Doors |  | 4 | 100.00 | 400.00',
    ],
    [
      'N° | Désignation | Unité | Longueur | Largeur | Total HTVA',
      '1 | Dalle | m² | 10 | 5 | 1250,00',
      'Dalle | m² |  |  | 1250.00',
    ],
    [
      'N° | Désignation | U | L | l | Ep | Quantité | PU | Total',
      '1 | Dalle | m³ | 10 | 5 | 0,2 | 10 | 100,00 | 1000,00',
      'Dalle | m³ | 10 | 100.00 | 1000.00',
    ],
    [
      'N° | Désignation | L | l | Ep | Qté | U',
      '1 | Dalle | 10 | 5 | 0,2 | 10 | m³',
      'Dalle | m³ | 10 |  | ',
    ],
    [
      'N° | Désignation | Nb | L | l | h | Total | U | PU | Total',
      '1 | Dalle | 2 | 10 | 5 | 0,2 | 20 | m³ | 100,00 | 2000,00',
      'Dalle | m³ | 20 | 100.00 | 2000.00',
    ],
    [
      'N° | Désignation | U | Nb | L | l | h | Total',
      '1 | Dalle | m³ | 2 | 10 | 5 | 0,2 | 20',
      'Dalle | m³ | 20 |  | ',
    ],
    [
      'N° | Désignation | U | Nb | Quantité',
      '1 | Couche de peinture | m² | 2 | 240',
      'Couche de peinture | m² | 240 |  | ',
    ],
    ['Pos. | Bezeichnung | Einheit | Anzahl', '1 | Türen | Stk | 4', 'Türen | Stk | 4 |  | '],
  ])('%s', (header, row, line) => {
    const cells = (text: string): readonly string[] => text.split(' | ');
    expect(priced(read(sheet('M', [cells(header), cells(row)])))).toEqual([line]);
  });

  it('keeps a row without number below a line of pieces', () => {
    const tender = read(
      sheet('M', [
        ['Nr.', 'Omschrijving', 'Breedte', 'Hoogte', 'Aantal', 'Eenh.'],
        ['1', 'Deuren', 93, 210, 4, 'st'],
        [null, 'Ramen', 120, 135, 6, null],
      ]),
    );
    expect(lines(tender)).toEqual(['1 | 1 | Deuren | st | 4 | ', '1 |  | Ramen |  | 6 | ']);
  });
});

describe('prices that are not those of the document', () => {
  const body: Rows = [1, 2, 3, 4, 5].map((n) => [`3.${n}`, `Peinture ${n}`, 'm2', n]);
  const header = ['N°', 'Désignation', 'U', 'Qté'];

  it('leaves the prices of several bidders side by side, and says so', () => {
    const tender = read(
      sheet('Comparatif', [
        [null, null, null, null, 'Entreprise Dupont', null, 'Entreprise Martin', null],
        [...header, 'P.U.', 'Total', 'P.U.', 'Total'],
        ...body.map((row) => [...row, 10, 10, 12, 12]),
      ]),
    );
    expect(tender.lots[0]!.lines[0]).toMatchObject({ quantity: '1', unitPrice: null, total: null });
    expect(tender.tender.title).toBeNull();
    expect(tender.problems).toMatchObject([
      { code: 'bill.prices.others', found: 'Entreprise Dupont, Entreprise Martin', place: { column: 'E' } },
    ]);
  });

  it('keeps the estimate that stands beside the prices of bidders', () => {
    const tender = read(
      sheet('Comparatif', [
        [...header, 'Dupont SRL', null, 'Estimation', null, 'Martin SA', null],
        [null, null, null, null, 'P.U.', 'Total', 'P.U.', 'Total', 'P.U.', 'Total'],
        ['1', 'Peinture', 'm2', 2, 10, 20, 11, 22, 12, 24],
      ]),
    );
    expect(tender.lots[0]!.lines[0]).toMatchObject({ unitPrice: { amount: '11' }, total: { amount: '22' } });
  });

  it.each<[string, GridCell[], GridCell[]]>([
    ['above', ['Dupont SRL', null, 'Estimation', null], ['P.U.', 'Total', 'P.U.', 'Total']],
    ['in the heads', [null, null, null, null], ['P.U. Dupont SRL', 'Total', 'P.U. estimé', 'Total']],
  ])('keeps the estimate that stands after the prices of one bidder, named %s', (_, titles, heads) => {
    const tender = read(
      sheet('Comparatif', [
        [null, null, null, null, ...titles],
        [...header, ...heads],
        ['1', 'Peinture', 'm2', 2, 10, 20, 11, 22],
      ]),
    );
    expect(tender.lots[0]!.lines[0]).toMatchObject({ unitPrice: { amount: '11' }, total: { amount: '22' } });
    expect(codes(tender)).toContain('bill.prices.others');
  });

  it.each<[string, GridCell[], GridCell[], string]>([
    ['a bidder alone', ['Soumissionnaire Dupont', null], [10, 20], '10'],
    [
      'columns to be filled in',
      ["Prix de l'entreprise", null, 'Estimation', null],
      [null, null, 11, 22],
      '11',
    ],
  ])('says nothing of %s', (_, titles, prices, unitPrice) => {
    const tender = read(
      sheet('M', [
        [null, null, null, null, ...titles],
        [...header, ...titles.map((__, index) => (index % 2 === 0 ? 'P.U. €' : 'Total €'))],
        ['1', 'Peinture', 'm2', 2, ...prices],
      ]),
    );
    expect([tender.lots[0]!.lines[0]!.unitPrice?.amount, codes(tender)]).toEqual([unitPrice, []]);
  });

  it('counts the bill of the buyer and not the offer that repeats it', () => {
    const tender = read(
      sheet('Lot 03 Peinture', [['LOT N° 03 - PEINTURE'], header, ...body]),
      sheet('Offre SPRL Untel', [[...header, 'P.U.'], ...body.map((row) => [...row, 9])]),
    );
    expect(lines(tender)).toHaveLength(5);
    expect(tender.lots.map(({ ref }) => ref)).toEqual(['03']);
    expect(tender.problems).toMatchObject([
      { code: 'bill.sheet.repeated', params: { sheet: 'Offre SPRL Untel', other: 'Lot 03 Peinture' } },
    ]);
  });

  it.each(['Soumissionnaire :', 'Inschrijver: ……………', 'Nom du bieter : ______', 'Bidder'])(
    'counts the bill of the buyer below the empty line of a form: %s',
    (form) => {
      const tender = read(
        sheet('Métré', [[form], [...header, 'P.U.'], ...body.map((row) => [...row, null])]),
        sheet('Récapitulatif', [header, ...body.map((row) => row.with(2, null))]),
      );
      expect(tender.layout.map(({ sheet: name }) => name)).toEqual(['Métré']);
    },
  );

  it.each([
    'Rénovation de l’école et sa cour',
    'RÉNOVATION DE L’ÉCOLE ET SA COUR',
    'Reconstruction du SAS D’ENTRÉE',
  ])('takes no bill of the buyer for an offer: %s', (title) => {
    const tender = read(
      sheet('Métré', [[title], [...header, 'P.U.'], ...body.map((row) => [...row, 9])]),
      sheet('Récapitulatif', [header, ...body]),
    );
    expect(tender.layout.map(({ sheet: name }) => name)).toEqual(['Métré']);
  });

  it('leaves the offer out whose bidder stands in the next cell', () => {
    const tender = read(
      sheet('Bordereau rempli', [
        ['Soumissionnaire :', 'Dupont'],
        [...header, 'P.U.'],
        ...body.map((row) => [...row, 9]),
      ]),
      sheet('Bordereau', [[...header, 'P.U.'], ...body.map((row) => [...row, 10])]),
    );
    expect(tender.layout.map(({ sheet: name }) => name)).toEqual(['Bordereau']);
  });

  it('counts other works with the same numbers and quantities', () => {
    const works = (kind: string): Rows => [1, 2, 3, 4, 5].map((n) => [`${n}`, `${kind} ${n}`, 'fft', 1]);
    const tender = read(
      sheet('Lot 1 Peinture', [header, ...works('Peinture du local')]),
      sheet('Espaces verts', [header, ...works('Tonte de la pelouse')]),
    );
    expect(tender.lots.map(({ ref, lines: { length } }) => [ref, length])).toEqual([
      ['1', 5],
      ['2', 5],
    ]);
    expect(codes(tender)).not.toContain('bill.sheet.repeated');
  });
});

describe('numbers of articles of which only the end is printed', () => {
  it('knows the whole number by what stands above', () => {
    const tender = read(
      sheet('M', [
        ['Code', 'Libellé', 'Unité', 'Quantité'],
        ['34.10', 'Isolation', 'm2', 10],
        ['.20', 'Étanchéité', 'm2', 10],
        ['53.21', 'Carrelages de sol'],
        ['.1a', 'Grès cérame', 'm2', 12],
        ['.1b', 'Pierre bleue', 'm2', 8],
        ['53.22', 'Carrelages muraux'],
        ['a', 'Faïence', 'm2', 44],
        ['b', 'Grès', 'm2', 12],
        [null, 'Plinthes', 'm', 60],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ ref, catalogueCode }) => [ref, catalogueCode])).toEqual([
      ['34.10', null],
      ['.20', '34.20'],
      ['.1a', '53.21.1a'],
      ['.1b', '53.21.1b'],
      ['a', '53.22a'],
      ['b', '53.22b'],
      ['', null],
    ]);
  });

  it('leaves the letters of a bill without numbers as they are', () => {
    const tender = read(
      sheet('M', [
        ['Item', 'Description', 'Unit', 'Quantity'],
        ['a', 'Paint walls', 'm2', 10],
        ['b', 'Paint ceilings', 'm2', 10],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ catalogueCode }) => catalogueCode)).toEqual([null, null]);
  });

  it('takes no mark for the end of a number', () => {
    const tender = read(
      sheet('M', [
        ['Code', 'Libellé', 'Unité', 'Quantité'],
        ['12', 'Portes', 'pc', 10],
        ['x', 'Rosaces', 'pc', 10],
        ['13', 'Fenêtres', 'pc', 10],
        ['a', 'Tablettes', 'pc', 10],
        ['c', 'Stores', 'pc', 10],
        ['14', 'Seuils'],
        ['m', 'Pierre', 'pc', 10],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ catalogueCode }) => catalogueCode)).toEqual([
      null,
      null,
      null,
      '13a',
      null,
      null,
    ]);
  });

  it('takes the unit that stands beside a quantity, without what is said of it', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Libellé', 'Quantité', 'PU €'],
        ['1', 'Peinture', '12,5 m² sur 2 étages', '1.250,00 € (HTVA 21%)'],
        ['2', 'Portes', '12 (2 couches)', '10'],
      ]),
    );
    expect(
      tender.lots[0]!.lines.map(({ unit, quantity, unitPrice }) => [unit, quantity, unitPrice?.amount]),
    ).toEqual([
      ['m²', '12.5', '1250.00'],
      [null, '12', '10'],
    ]);
    expect(tender.problems).toEqual([]);
  });
});

describe('what a bill says once', () => {
  it('reads keys with a colon and their value in the next cell', () => {
    const tender = read(
      sheet('Garde', [
        ["Maître de l'ouvrage :", 'Commune de Seraing'],
        ['Objet :', 'Rénovation de la salle'],
        ['Date de remise des offres :', '03/04/2027 à 11h00'],
        ['Récapitulatif des prix'],
      ]),
      sheet('M', [
        ['N°', 'Désignation', 'Unité', 'Quantité'],
        ['1', 'Portes', 'pc', 2],
      ]),
    );
    expect(tender.tender).toMatchObject({
      title: 'Rénovation de la salle',
      buyer: { name: 'Commune de Seraing' },
      deadline: null,
    });
    expect(tender.problems).toMatchObject([{ code: 'tender.deadline.ambiguous', found: '03/04/2027' }]);
  });

  it('tells once that a schedule of rates has no quantities', () => {
    const rows = [1, 2, 3].map((n) => [`${n}`, `Tonte ${n}`, 'm²', null]);
    const tender = read(sheet('BPU', [['N°', 'Désignation', 'Unité', 'Prix unitaire HT (€)'], ...rows]));
    expect(codes(tender)).toEqual(['bill.quantities.none']);
  });

  it('checks the grand total of a bill with one lot', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'Unité', 'Quantité', 'PU €', 'Total €'],
        ['1', 'Portes', 'pc', 2, 100, 200],
        [null, 'Total général HTVA', null, null, null, 250],
      ]),
    );
    expect(tender.problems).toMatchObject([{ code: 'bill.sum.differs', found: '250', expected: '200.00' }]);
  });

  const bill = (...sums: readonly (readonly [string, GridCell])[]): ReturnType<typeof read> =>
    read(
      sheet('M', [
        ['N°', 'Désignation', 'Unité', 'Quantité', 'PU €', 'Total €'],
        ['1', 'Portes', 'pc', 2, 100, 200],
        ...sums.map(([label, amount]) => [null, label, null, null, null, amount]),
      ]),
    );

  it.each([
    [
      'what is in it',
      [
        ['Total général', 242],
        ['dont TVA', 42],
      ],
    ],
    [
      'what is in it',
      [
        ['Algemeen totaal', 242],
        ['waarvan 21 % btw', 42],
      ],
    ],
    [
      'what is in it',
      [
        ['Gesamtsumme', 242],
        ['davon MwSt', 42],
      ],
    ],
    [
      'what is added',
      [
        ['Total', 200],
        ['TVA 21 %', 42],
        ['Total', 242],
      ],
    ],
    [
      'what is added',
      [
        ['Sous-total', '200,00'],
        ['Montant de la TVA', '42,00'],
        ['Total général', '242,0'],
      ],
    ],
    [
      'what is added',
      [
        ['Nettosumme', 200],
        ['zzgl. 21 % MwSt', 42],
        ['Gesamtsumme', 242],
      ],
    ],
  ] as const)('takes no tax for the value of the work: %s (%j)', (_, sums) => {
    const tender = bill(...sums);
    const values = [tender.lots[0]!.value, tender.tender.value].map((value) => Number(value?.amount));
    expect([...values, codes(tender)]).toEqual([200, 200, []]);
  });

  const head = ['N°', 'Désignation', 'Unité', 'Quantité', 'Total €'];
  const [first, second]: Rows = [
    ['1', 'Portes', 'pc', 2, 100],
    ['2', 'Volets', 'pc', 2, 79],
  ];
  const below: Rows = [
    ['Lot 1'],
    first!,
    [null, 'Total lot 1', null, null, 100],
    ['Lot 2'],
    second!,
    [null, 'Total lot 2', null, null, 79],
    [null, 'TVA 21 % lot 1', null, null, 21],
  ];
  const summary: Rows = [
    ['Lot 1'],
    first!,
    ['Lot 2'],
    second!,
    [null, 'Récapitulatif'],
    [null, 'Lot 1', null, null, 100],
    [null, 'Lot 2', null, null, 79],
    [null, 'TVA', null, null, 21],
  ];

  it.each([
    ['below the lots', below],
    ['in a summary', summary],
  ])('takes no lot for what is left of another without tax: %s', (_, rows) => {
    const tender = read(sheet('M', [head, ...rows]));
    expect(tender.lots.map(({ value }) => value?.amount)).toEqual(['100', '79']);
  });

  const [atSix, atTwentyOne]: Rows = [
    ['1', 'Peinture du logement', 'ens', 1, 200],
    ['2', 'Toiture de l’atelier', 'ens', 1, 300],
  ];
  const sums = (...rows: readonly (readonly [string, number])[]): Rows =>
    rows.map(([label, amount]) => [null, label, null, null, amount]);
  const both: Rows = [atSix!, atTwentyOne!];
  const rates = sums(['TVA 6 %', 12], ['TVA 21 %', 63]);
  const inParts = (...[one, two]: readonly Rows[]): Rows => [atSix!, ...one!, atTwentyOne!, ...two!];

  it.each([
    ['below works without a sum', [...both, ...rates, ...sums(['Total', 575])]],
    [
      'below the sum without tax',
      [...both, ...sums(['Total HTVA', 500]), ...rates, ...sums(['Total TVAC', 575])],
    ],
    [
      'of which they say they are',
      [...both, ...sums(['Total', 575], ['dont TVA 6 %', 12], ['dont TVA 21 %', 63])],
    ],
    [
      'below sums of the parts',
      [...both, ...sums(['Total à 6 %', 200], ['Total à 21 %', 300]), ...rates, ...sums(['Total', 575])],
    ],
    ['added up', [...both, ...rates, ...sums(['Montant de la TVA', 75], ['Total', 575])]],
    [
      'in each part',
      [
        ...inParts(
          sums(['Total partie 1 HTVA', 200], ['TVA 6 %', 12], ['Total partie 1 TVAC', 212]),
          sums(['Total partie 2 HTVA', 300], ['TVA 21 %', 63], ['Total partie 2 TVAC', 363]),
        ),
        ...sums(['Total général', 575]),
      ],
    ],
    ['above a sum that says so', [...both, ...rates, ...sums(['Totaal incl. btw', 575])]],
  ])('knows what works of two tax rates are worth without tax: taxes %s', (_, rows) => {
    const tender = read(sheet('M', [head, ...rows]));
    expect([tender.lots[0]!.value?.amount, codes(tender)]).toEqual(['500', []]);
    expect(tender.tender.value?.amount).toBe('500');
  });

  it('compares works with a sum less two taxes', () => {
    const tender = read(sheet('M', [head, ...both, ...rates, ...sums(['Total', 585])]));
    expect(tender.problems).toMatchObject([{ code: 'bill.sum.differs', found: '510', expected: '500.00' }]);
  });

  it('takes the taxes of all lots out of the sum of them', () => {
    const lot = (ref: number, line: Rows[number], tax: number): Rows => [
      [`Lot ${ref}`],
      line,
      ...sums([`Total lot ${ref}`, Number(line[4])], ['TVA', tax]),
    ];
    const tender = read(
      sheet('M', [
        head,
        ...lot(1, atSix!, 12),
        ...lot(2, atTwentyOne!, 63),
        ['Récapitulatif'],
        ...sums(['Total', 575]),
      ]),
    );
    expect(tender.tender.value?.amount).toBe('500');
  });

  it('takes no total below a chapter for that of the whole', () => {
    const rows = inParts(sums(['Total', 200]), sums(['Total', 300]));
    const tender = read(sheet('M', [head, ...rows]));
    expect([tender.lots[0]!.value?.amount, tender.tender.value, codes(tender)]).toEqual(['500.00', null, []]);
  });

  it('tells that a sum with tax was not compared, where nothing says how much tax', () => {
    const tender = read(sheet('M', [head, ...both, ...sums(['Total TVAC', 575])]));
    expect(tender.problems).toMatchObject([
      { code: 'bill.sum.taxed', severity: 'info', found: '575', place: { row: 4 } },
    ]);
    expect(tender.lots[0]!.value?.amount).toBe('500.00');
  });

  const PRICED = ['N°', 'Désignation', 'U', 'Q', 'PU €', 'Total €'];
  const chapters: Rows = [
    ['1', 'DÉMOLITIONS', null, null, null, 1680],
    ['1.1', 'Cloisons', 'm²', 12, 100, 1200],
    ['1.2', 'Portes', 'pc', 4, 120, 480],
    ['2', 'PEINTURES', null, null, null, 500],
    ['2.1', 'Murs', 'm²', 50, 10, 500],
    [null, 'Total HTVA', null, null, null, 2180],
  ];
  const withSections = (rows: Rows): readonly unknown[] => {
    const tender = read(sheet('M', rows));
    const found = tender.lots[0]!.lines.map(({ label, section }) => [...section, label].join(' > '));
    return [...found, tender.lots[0]!.value?.amount, ...codes(tender)];
  };
  const twoChapters = ['DÉMOLITIONS > Cloisons', 'DÉMOLITIONS > Portes', 'PEINTURES > Murs'];

  it.each<[string, Rows, string | undefined]>([
    ['with numbers', [PRICED, ...chapters], '2180'],
    ['without numbers', [PRICED.slice(1), ...chapters.map((row) => row.slice(1))], '2180'],
    [
      'before anybody has priced them',
      [PRICED, ...chapters.map((row) => [...row.slice(0, 4), null, 0])],
      undefined,
    ],
  ])('takes a title that has the sum of its lines beside it for no line: %s', (_, rows, value) => {
    expect(withSections(rows)).toEqual([...twoChapters, value]);
  });

  it('takes a lump sum above other works for a line', () => {
    const rows: Rows = [PRICED, ['1', 'Chantier', null, null, null, 1500], ...chapters.slice(4, 5)];
    expect(withSections(rows)).toEqual(['Chantier', 'Murs', '2000.00']);
  });

  it.each<[string, Rows]>([
    [
      'that is announced',
      [
        ['RÉCAPITULATION'],
        ['N°', 'Désignation', 'Total'],
        ['1', 'DÉMOLITIONS', 1680],
        ['2', 'PEINTURES', 500],
      ],
    ],
    [
      'by the names of chapters',
      [
        ['Chapitre', 'Désignation', 'Montant'],
        [null, 'DÉMOLITIONS', 1680],
        [null, 'PEINTURES', 500],
      ],
    ],
  ])('counts no summary below the lines: one %s', (_, recap) => {
    const titles = chapters.filter(([, , unit]) => unit === null).slice(0, 2);
    const rows = chapters.map((row) => (titles.includes(row) ? row.slice(0, 2) : row));
    expect(withSections([PRICED, ...rows, [], ...recap, [null, 'Total HTVA', 2180]])).toEqual([
      ...twoChapters,
      '2180',
    ]);
  });

  it('counts lump sums below other lines, that no summary announces', () => {
    const rows: Rows = [
      PRICED,
      ...chapters.slice(1, 3),
      [],
      ['N°', 'Désignation', 'Montant €'],
      ['9', 'Nettoyage final', 250],
    ];
    expect(withSections(rows).slice(0, 4)).toEqual(['Cloisons', 'Portes', 'Nettoyage final', '1930.00']);
  });

  it.each([
    ['its sheet', 'Variantes', [], 'variant'],
    ['the title above it', 'Feuille 2', [['OPTIONS']], 'option'],
  ] as const)('tells what is asked perhaps by %s, where another table is not', (_, name, above, kind) => {
    const asked = (rows: Rows, own: string) => read(sheet('Base', [PRICED, chapters[1]!]), sheet(own, rows));
    const tender = asked([...above, PRICED, ['9', 'Vernis', 'm²', 10, 10, 100]], name);
    expect(tender.lots[0]!.lines.map((line) => line.kind)).toEqual(['base', kind]);
    const whole = read(sheet(name, [...above, PRICED, ['9', 'Vernis', 'm²', 10, 10, 100]]));
    expect(whole.lots[0]!.lines.map((line) => line.kind)).toEqual(['base']);
  });

  it.each([
    ['fr', 'À déduire : baies', 20],
    ['nl', 'Af te trekken openingen', '20'],
    ['de', 'Abzug Öffnungen', 20],
    ['en', 'Less openings', -20],
    ['signed', 'Baies', '-20'],
  ])('takes off what is taken off below a line: %s', (_, words, quantity) => {
    const deducted = (stated: GridCell) =>
      read(
        sheet('M', [
          ['N°', 'Désignation', 'Unité', 'Quantité'],
          ['1', 'Enduit', 'm²', stated],
          [null, 'Façade', null, 120],
          [null, words, null, quantity],
          ['2', 'Peinture', 'm²', 80],
        ]),
      );
    for (const stated of [null, 100]) {
      const tender = deducted(stated);
      expect(lines(tender)).toEqual(['1 | 1 | Enduit | m² | 100 | ', '1 | 2 | Peinture | m² | 80 | ']);
      expect(tender.problems).toEqual([]);
    }
  });

  it('takes off what stands in brackets where the stated quantity proves it, and asks elsewhere', () => {
    const [proven, open] = [100, null].map((stated) =>
      read(
        sheet('M', [
          ['N°', 'Désignation', 'Unité', 'Quantité'],
          ['1', 'Enduit', 'm²', stated],
          [null, 'Façade', null, 120],
          [null, 'Baies', null, '(20)'],
        ]),
      ),
    );
    expect([lines(proven!), proven!.problems]).toEqual([['1 | 1 | Enduit | m² | 100 | '], []]);
    expect(codes(open!)).toContain('bill.quantity.ambiguous');
  });

  it('adds up rooms without a unit below a line that states no quantity, and none that is in another', () => {
    const measured = (...rooms: Rows) =>
      read(
        sheet('M', [
          ['N°', 'Désignation', 'Unité', 'Quantité'],
          ['1', 'Plinthes', 'm', null],
          ...rooms,
          ['2', 'Peinture', 'm²', 80],
        ]),
      );
    const [salon, hall]: Rows = [
      [null, 'Salon', null, 12],
      [null, 'Hall', null, 8],
    ];
    expect(lines(measured(salon!, hall!))).toEqual([
      '1 | 1 | Plinthes | m | 20 | ',
      '1 | 2 | Peinture | m² | 80 | ',
    ]);
    const included = [null, 'Dont couloir', null, 4];
    expect(lines(measured(salon!, included))[0]).toBe('1 | 1 | Plinthes | m | 12 | ');
    expect(measured(salon!, included).lots[0]!.lines[0]!.description).toBe('Salon | 12\nDont couloir | 4');
  });
});
