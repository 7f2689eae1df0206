import { codes, lines, read, sheet, type Rows } from '../../../../test/factories/bill-sheet.factory.js';

const LEFT = ['N°', 'Désignation', 'Unité', 'Quantité'];
const RIGHT = ['Pos.', 'Bezeichnung', 'Einheit', 'Menge', 'Einheitspreis'];

describe('two tables beside each other', () => {
  const walls: Rows = [
    ['1.1', 'Peinture des murs', 'm2', '12,5'],
    ['1.2', 'Peinture des plafonds', 'm2', '40'],
  ];
  const doors = ['2.1', 'Türen streichen', 'St', '7', '30,00'];

  it.each([
    ['an empty column between', [...LEFT, null, ...RIGHT], [null]],
    ['numbers of articles at the start', [...LEFT, ...RIGHT], []],
  ] as const)('are read both: %s', (_what, header, gap) => {
    const tender = read(sheet('M', [header, [...walls[0]!, ...gap, ...doors], walls[1]!]));
    expect(lines(tender)).toEqual([
      '1 | 1.1 | Peinture des murs | m2 | 12.5 | ',
      '1 | 1.2 | Peinture des plafonds | m2 | 40 | ',
      '1 | 2.1 | Türen streichen | St | 7 | ',
    ]);
    expect(tender.lots[0]!.lines.map(({ unitPrice }) => unitPrice?.amount)).toEqual([
      undefined,
      undefined,
      '30.00',
    ]);
    expect(tender.lots[0]!.lines[2]!.place).toEqual({
      sheet: 'M',
      row: 2,
      column: gap.length === 0 ? 'F' : 'G',
    });
    expect(codes(tender)).toEqual(['bill.currency.assumed']);
  });

  it('have their own titles, and what is said of both stays with the first', () => {
    const tender = read(
      sheet('M', [
        ['Objet', null, 'Rénovation de la maison communale', null, null, 'Feuille 1'],
        ['Lot 1 : Murs', null, null, null, null, 'Lot 2 : Portes'],
        [...LEFT, null, ...LEFT],
        [...walls[0]!, null, '2.1', 'Portes à peindre', 'pc', 7],
      ]),
    );
    expect(
      tender.lots.map(({ ref, title, lines: own }) => [ref, title, own.map((line) => line.ref)]),
    ).toEqual([
      ['1', 'Murs', ['1.1']],
      ['2', 'Portes', ['2.1']],
    ]);
  });

  it('are read where the second begins lower, and three of them', () => {
    const lower = read(
      sheet('M', [
        LEFT,
        walls[0]!,
        [...walls[1]!, null, ...LEFT],
        ['1.3', 'Plinthes', 'm', 9, null, '2.1', 'Portes', 'pc', 7],
      ]),
    );
    expect(lines(lower).map((line) => line.split(' | ')[1])).toEqual(['1.1', '1.2', '1.3', '2.1']);
    const three = read(
      sheet('M', [
        [...LEFT, null, ...LEFT, null, ...LEFT],
        [...walls[0]!, null, '2.1', 'Portes', 'pc', 7, null, '3.1', 'Volets', 'pc', 3],
      ]),
    );
    expect(lines(three).map((line) => line.split(' | ')[1])).toEqual(['1.1', '2.1', '3.1']);
  });

  it('end where a table goes on over both', () => {
    const tender = read(
      sheet('M', [
        [...LEFT, null, ...LEFT],
        [...walls[0]!, null, '2.1', 'Portes', 'pc', 7],
        ['Poste', null, null, null, null, 'Désignation', 'Unité', 'Quantité'],
        ['3.1', null, null, null, null, 'Volets', 'pc', 3],
      ]),
    );
    expect(lines(tender).map((line) => line.split(' | ').slice(1, 3))).toEqual([
      ['1.1', 'Peinture des murs'],
      ['3.1', 'Volets'],
      ['2.1', 'Portes'],
    ]);
  });

  it('are one where the words on the right are about the same articles', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'Unité', 'Quantité', 'Réf. technique', 'Description', 'Prix unitaire'],
        ['1.1', 'Peinture des murs', 'm2', 12, 'T7', 'Deux couches', '8,00'],
      ]),
    );
    expect(tender.lots[0]!.lines).toMatchObject([
      { ref: '1.1', label: 'Peinture des murs', unitPrice: { amount: '8.00' } },
    ]);
  });

  it('are told where it cannot be said that they are two', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'Unité', 'Quantité', 'Description', 'Unité', 'Quantité'],
        ['1.1', 'Peinture des murs', 'm2', 12, 'Dont plafonds', 'm2', 5],
      ]),
    );
    expect(tender.problems).toMatchObject([
      { code: 'bill.columns.beside', found: 'Description', place: { sheet: 'M', row: 1, column: 'E' } },
    ]);
    expect(lines(tender)).toEqual(['1 | 1.1 | Peinture des murs | m2 | 12 | ']);
  });

  it('stay below each other where they stand so, however far to the right', () => {
    const tender = read(
      sheet('M', [
        LEFT,
        walls[0]!,
        [null, null, null, null, null, ...LEFT],
        [null, null, null, null, null, '2.1', 'Portes', 'pc', 7],
        LEFT,
        walls[1]!,
      ]),
    );
    expect(lines(tender).map((line) => line.split(' | ')[1])).toEqual(['1.1', '2.1', '1.2']);
  });

  const pad = (rows: Rows): Rows => rows.map((row) => [null, ...row]);
  const besides = (left: Rows, right: Rows): Rows => left.map((row, at) => [...row, ...right[at]!]);
  const refs = (tender: ReturnType<typeof read>): readonly string[] =>
    tender.lots.flatMap((lot) => lot.lines.map(({ ref }) => ref));
  const numbered: Rows = [1, 2, 3, 4, 5, 6].map((at) => [`1.${at}`, `Porte ${at}`, 'pc', at]);
  const inDutch: Rows = numbered.map(([ref, , , quantity]) => [ref!, `Deur ${quantity}`, 'st', quantity!]);
  const more: Rows = numbered.map(([ref, label, unit, quantity]) => [
    ref!,
    label!,
    unit!,
    Number(quantity) + 2,
  ]);
  const DUTCH = ['Nr', 'Omschrijving', 'Eenheid', 'Hoeveelheid'];

  it.each([
    ['in another language', besides([LEFT, ...numbered], [DUTCH, ...inDutch])],
    ['with other quantities', besides([LEFT, ...numbered], [LEFT, ...more])],
    [
      'at another time',
      besides(
        [['Marché initial', null, null, null], LEFT, ...numbered],
        [['Avenant', null, null, null], LEFT, ...numbered],
      ),
    ],
  ])('are read once where the right one has the same articles: %s', (_, rows) => {
    const tender = read(sheet('M', rows));
    expect(lines(tender)).toEqual(
      numbered.map(([ref, label, unit, quantity]) => `1 | ${ref} | ${label} | ${unit} | ${quantity} | `),
    );
    expect(codes(tender)).toEqual(['bill.columns.beside']);
  });

  it('are two where rooms of a kind have the same articles, and where only numbers are the same', () => {
    const rooms = besides(
      [['Appartement 1', null, null, null], LEFT, ...numbered],
      [['Appartement 2', null, null, null], LEFT, ...numbered],
    );
    const tender = read(sheet('', rooms));
    expect([refs(tender).length, [...new Set(codes(tender))]]).toEqual([12, ['bill.ref.repeated']]);
    const others: Rows = numbered.map(([ref, , unit, quantity]) => [ref!, `Volet ${quantity}`, unit!, 9]);
    expect(refs(read(sheet('M', besides([LEFT, ...numbered], [LEFT, ...others])))).length).toBe(12);
  });

  const inFrench: Rows = [
    ['Peinture des murs', 'm²', '12,5'],
    ['Portes', 'pc', 3],
    ['Nettoyage', 'FFT', 1],
    ['Plinthes', 'mct', 22],
    ['Enduit des plafonds', 'm²', 40],
  ];
  const translated: Rows = [
    ['Schilderen van muren', 'm2', '12,5'],
    ['Deuren', 'st', 3],
    ['Reiniging', 'SOG', 1],
    ['Plinten', 'lm', 22],
    ['Pleisterwerk van plafonds', 'm2', 40],
  ];
  const withoutNumber = LEFT.slice(1);
  const count = (rows: Rows): Rows => rows.map((row, at) => [String(at + 1), ...row]);

  it.each([
    ['none', besides([withoutNumber, ...inFrench], [[null, ...DUTCH.slice(1)], ...pad(translated)])],
    ['the left one', besides([LEFT, ...count(inFrench)], [[null, ...DUTCH.slice(1)], ...pad(translated)])],
  ])('are read once where the right one is a translation and has no numbers of its own: %s', (_, rows) => {
    const tender = read(sheet('M', rows));
    expect(tender.lots[0]!.lines.map(({ label, quantity }) => [label, quantity])).toEqual(
      inFrench.map(([label, , quantity]) => [label, String(quantity).replace(',', '.')]),
    );
    expect([tender.language, codes(tender)]).toEqual(['fr', ['bill.columns.beside']]);
  });

  it('are two where one language says other works of the same quantities', () => {
    const removed: Rows = [
      ['Enlèvement de papier peint', 'm²', '12,5'],
      ['Dépose de châssis', 'pc', 3],
      ['Évacuation des déchets', 'FFT', 1],
      ['Dépose de plinthes', 'mct', 22],
      ['Décapage de plafonds', 'm²', 40],
    ];
    const rows = besides(
      [withoutNumber, ...removed],
      [[null, 'Description', 'Unité', 'Quantité'], ...pad(inFrench)],
    );
    expect(lines(read(sheet('M', rows))).length).toBe(10);
  });

  it.each([
    ['with numbers', LEFT, count(inFrench), DUTCH, count(translated)],
    ['without', withoutNumber, inFrench, DUTCH.slice(1), translated],
  ])('on two sheets are read once where one is a translation: %s', (_, head, own, dutch, other) => {
    const tender = read(sheet('FR', [head, ...own]), sheet('NL', [dutch, ...other]));
    expect(tender.lots[0]!.lines.map(({ label }) => label)).toEqual(inFrench.map(([label]) => label));
    expect(tender.problems).toMatchObject([{ code: 'bill.sheet.repeated', params: { sheet: 'NL' } }]);
  });
});
