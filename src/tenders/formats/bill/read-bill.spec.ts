import { codes, lines, read, sheet, type Rows } from '../../../../test/factories/bill-sheet.factory.js';
import type { ColumnLayout } from '../../domain/index.js';
import type { GridCell } from './grid.js';
import { readBill } from './read-bill.js';

const HEADER: readonly GridCell[] = ['N°', 'Désignation', 'Unité', 'Quantité'];

describe('a bill as it is in life', () => {
  it('reads a header on two rows, with the words below a merged one', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'Quantités', null, 'Prix (€)', null],
        [null, null, 'Unité', 'Qté', 'Unitaire', 'Total'],
        ['1.1', 'Démolition de cloisons', 'm²', '12,5', '10,00', '125,00'],
      ]),
    );
    expect(lines(tender)).toEqual(['1 | 1.1 | Démolition de cloisons | m² | 12.5 | ']);
    expect(tender.lots[0]!.lines[0]).toMatchObject({
      unitPrice: { amount: '10.00', currency: 'EUR' },
      total: { amount: '125.00' },
    });
  });

  it('reads heads that are broken into two rows, and no line of words below heads that are not', () => {
    const heads: Rows = [
      ['N°', 'Désignation des', 'Unité', 'Quantité', 'Prix', 'Prix'],
      [null, 'ouvrages', null, 'présumée', 'unitaire', 'total'],
    ];
    const broken = read(sheet('M', [...heads, ['1', 'Tonte', 'm²', 12, 2, 24]]));
    expect(lines(broken)).toEqual(['1 | 1 | Tonte | m² | 12 | QP']);
    expect(broken.lots[0]!.lines[0]).toMatchObject({ unitPrice: { amount: '2' }, total: { amount: '24' } });
    const whole = read(sheet('M', [HEADER, ['A', 'Coordination', 'PM', 'PM'], ['B', 'Tonte', 'm²', 12]]));
    expect(lines(whole)).toEqual(['1 | A | Coordination | PM |  | PM', '1 | B | Tonte | m² | 12 | ']);
  });

  it.each(['Lot', 'Bâtiment'])('carries what is printed once over merged cells to each line: %s', (head) => {
    const blocks: Rows = [
      ['A', '1.1', 'Béton', 'm³', 12],
      [null, '1.2', 'Acier', 'kg', 12],
      ['B', '2.1', 'Peinture', 'm²', 12],
      [null, '2.2', 'Enduit', 'm²', 12],
    ];
    const tender = read(sheet('M', [[head, ...HEADER], ...blocks]));
    const found = tender.lots.flatMap(({ ref, lines: own }) =>
      own.map((line) => [head === 'Lot' ? ref : line.zone, line.ref]),
    );
    expect(found).toEqual([
      ['A', '1.1'],
      ['A', '1.2'],
      ['B', '2.1'],
      ['B', '2.2'],
    ]);
  });

  it.each([
    [0, 'Total HTVA'],
    [3, 'Total HTVA'],
    [4, 'TOTAL HTVA'],
  ])('checks a sum whose words stand in the column %i', (at, words) => {
    const sum = [null, null, null, null, null, 250].map((cell, index) => (index === at ? words : cell));
    const rows: Rows = [[...HEADER, 'PU €', 'Total €'], ['1', 'Béton', 'm³', 24, 10, 240], sum];
    const tender = read(sheet('M', rows));
    expect(tender.problems).toMatchObject([{ code: 'bill.sum.differs', found: '250', expected: '240.00' }]);
  });

  it('reads a cover that has its colons in cells of their own', () => {
    const tender = read(
      sheet('M', [
        ['Adjudicateur', ':', 'Commune de Hannut'],
        ['Objet', ':', 'Réfection de la rue de Tirlemont'],
        ['Date limite de dépôt', ':', '15 mars 2027 à 10h'],
        HEADER,
        ['1', 'Béton', 'm³', 12],
      ]),
    );
    expect(tender.tender).toMatchObject({
      title: 'Réfection de la rue de Tirlemont',
      buyer: { name: 'Commune de Hannut' },
      deadline: '2027-03-15T10:00:00+01:00',
    });
  });

  it('reads a header in two languages', () => {
    const header = ['Nr. / N°', 'Omschrijving / Désignation', 'Eenheid / Unité', 'Hoeveelheid / Quantité'];
    expect(lines(read(sheet('M', [header, ['1', 'Schilderwerken', 'm2', 120]])))).toEqual([
      '1 | 1 | Schilderwerken | m2 | 120 | ',
    ]);
  });

  it.each([
    ['Nr. | Omschrijving | Eh | VH | EP | TP', '1 | Riolering | m | 12 | 35 | 420', '12 420'],
    [
      'Nr. | Omschrijving | Hoeveelheid | Eh | Uren | EP | Totaal',
      '1 | Sloop | 30 | m | 12 | 15 | 450',
      '30 450',
    ],
    ['SOR Code | Description | UoM | Est. Qty | Rate | Total', 'GM1 | Hedges | m | 52 | 2 | 104', '52 104'],
    ['Pos. | Bauteil | Menge | Einheit | EP | GP', '1 | Sockel | 6 | m | 5 | 30', '6 30'],
    ['N° | Fourniture | U | Qté | PU | Total', '1 | Plaques | m | 9 | 4 | 36', '9 36'],
    [
      'Item | Description | Unit | Contract Qty | Rate | Contract Amount',
      'A | Fences | m | 9 | 4 | 36',
      '9 36',
    ],
    [
      'N° | Désignation | U | Qté | Pose | Total unitaire | Total HT',
      '1 | Clôture | m | 9 | 3 | 4 | 36',
      '9 36',
    ],
    ['N° | Désignation | U | Qté | Total TTC | Total HT', '1 | Clôture | m | 9 | 43,2 | 36', '9 36'],
    ['Pos. | Leistung | ME | Menge | EP brutto | EP netto | GP', '1 | Zaun | m | 9 | 4,76 | 4 | 36', '9 36'],
    [
      'N° | Désignation | U | Qté | PU HT | Remise | PU net | Total HT',
      '1 | Clôture | m | 9 | 5 | 20 | 4 | 36',
      '9 36',
    ],
    ['Code | Libellé | U | Q | PU | MT', '1 | Béton | m | 9 | 4 | 36', '9 36'],
    [
      'Nr | Artikel | Prijs per | Eenheidsprijs (€) | Verm. hoeveelheid | Bedrag',
      '1 | Plint | m | 4 | 9 | 36',
      '9 36',
    ],
    ['OZ | Leistung | ME | Geschätzte Jahresmenge | EP | GP', '1 | Zäune | m | 9 | 4 | 36', '9 36'],
  ])('reads the heads %s', (head, row, found) => {
    const [heads, cells] = [head.split(' | '), row.split(' | ')];
    const sums = cells.map((cell, at) => (['Uren', heads.at(-1)].includes(heads[at]!) ? cell : null));
    const tender = read(sheet('M', [heads, cells, sums.with(1, 'Total')]));
    const [line, ...more] = tender.lots[0]!.lines;
    expect(more).toEqual([]);
    expect(tender.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect([line!.ref, line!.label, line!.unitNorm]).toEqual([...cells.slice(0, 2), 'm']);
    expect(`${line!.quantity} ${line!.total?.amount}`).toBe(found);
  });

  const HEADS: readonly GridCell[] = [...HEADER, 'PU €', 'Total €'];

  it.each([
    ['of a lump sum', ['N°', 'Désignation', 'Montant €'], ['2.1', 'dont évacuation', 300], 500],
    ['in the same unit', HEADS, ['2.1', 'dont plafonds', 'm²', 40, 5, 200], 500],
    ['without a number', HEADS, [null, 'dont plafonds', 'm²', 40, null, null], 500],
    ['of none that is another unit', HEADS, ['2.1', 'dont plinthes', 'm', 40, 5, 200], 700],
  ])('counts a part once, %s', (_, heads, part, sum) => {
    const work = heads.length === 3 ? ['2', 'Peinture', 500] : ['2', 'Peinture', 'm²', 100, 5, 500];
    const tender = read(sheet('M', [heads, work, part]));
    expect(tender.lots[0]!.lines[0]!.ref).toBe('2');
    expect(tender.lots[0]!.value?.amount).toBe(`${sum}.00`);
  });

  it('takes a discount below the last line for no word about it, and knows an amount without tax for a sum', () => {
    const rows: Rows = [
      HEADS,
      ['1', 'Charmes', 'pc', 10, 5, 50],
      [null, 'Remise 10 %', null, null, null, -5],
      [null, 'Montant HTVA', null, null, null, 45],
    ];
    const tender = read(sheet('M', rows));
    expect(tender.lots[0]).toMatchObject({ value: { amount: '45' }, lines: [{ description: null }] });
    expect(codes(tender)).toEqual(['bill.row.unread', 'bill.sum.differs']);
  });

  it.each([
    ['the unit, where no other says it', 'm²', null, 12, 'm² 12'],
    ['no unit in a currency', '€', null, 12, 'null 12'],
    ['the unit of its own cell first', 'm²', 'm', 12, 'm 12'],
    ['per cents that are counted', '%', '%', 0.07, '% 7'],
    ['a part of a lump sum', '%', 'fft', 0.5, 'fft 0.5'],
  ])('reads what the format of a quantity prints: %s', (_, printed, unit, quantity, expected) => {
    const grid = sheet('M', [HEADER, ['1', 'Peinture', unit, quantity]]);
    const rows = grid.rows.map((row, at) => (at === 0 ? row : { ...row, printed: new Map([[3, printed]]) }));
    const [line] = read({ ...grid, rows }).lots[0]!.lines;
    expect(`${line!.unit} ${line!.quantity}`).toBe(expected);
  });

  it('reads the numbers of articles as they were typed, where a spreadsheet made others of them', () => {
    const refs = [1.1, 1.8, 1.9, 1.1, 1.11, 2.1, '2027-02-03T00:00', '04-févr', '5-Feb', 'A-1'];
    const tender = read(sheet('M', [HEADER, ...refs.map((ref, at) => [ref, `Poste ${at}`, 'm²', 12])]));
    expect(tender.lots[0]!.lines.map(({ ref }) => ref)).toEqual(
      '1.1 1.8 1.9 1.10 1.11 2.1 3.2 4.2 5.2 A-1'.split(' '),
    );
    expect(tender.problems).toMatchObject([
      { code: 'bill.refs.days', found: '3.2', place: { row: 8, column: 'A' }, params: { count: 3 } },
    ]);
  });

  it('takes the last of two places for what is priced, and the row that adds up its surfaces for no place', () => {
    const tender = read(
      sheet('M', [
        ['Bâtiment', 'Local', 'Surface (m²)', 'Prix/mois', 'Prix/an'],
        ['Mairie', 'Hall', 120, 100, 1200],
        [null, 'Bureaux', 340, 180, 2160],
        ['Crèche', 'Dortoir', 60, 90, 1080],
        [null, 'Total', 520, null, 4440],
      ]),
    );
    const found = tender.lots[0]!.lines.map((line) => `${line.zone} ${line.label} ${line.total?.amount}`);
    expect(found).toEqual(['Mairie Hall 1200', 'Mairie Bureaux 2160', 'Crèche Dortoir 1080']);
    expect(tender.lots[0]!.value?.amount).toBe('4440');
  });

  it('counts each table of a sheet in the unit that its own head says', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'Surface (m²)'],
        ['1', 'Peinture', 12],
        ['N°', 'Désignation', 'Longueur (m)'],
        ['2', 'Plinthes', 7],
        ['Fonction', 'Heures', 'Taux horaire', 'Total'],
        ['Peintre', 32, 45, 1440],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 1 | Peinture | m² | 12 | ',
      '1 | 2 | Plinthes | m | 7 | ',
      '1 |  | Peintre | heures | 32 | ',
    ]);
  });

  it('gives sums that stand below all lots to those they name', () => {
    const rows: Rows = [
      ['Lot', 'Art.', 'Désignation', 'U', 'Qté', 'PU €', 'Total €'],
      [1, '1.1', 'Béton', 'm³', 12, 10, 120],
      [2, '2.1', 'Charpente', 'm³', 5, 10, 50],
      ['Total lot 1', null, null, null, null, null, 120],
      ['Total lot n° 2', null, null, null, null, null, 50],
    ];
    const tender = read(sheet('M', rows));
    expect(tender.lots.map(({ value }) => value?.amount)).toEqual(['120', '50']);
    expect(tender.problems).toEqual([]);
  });

  it('reads a unit and a kind of quantity in two languages, and the unit beside a doubtful number', () => {
    const rows: Rows = [
      ['N°', 'Désignation', 'Unité', 'Nature', 'Quantité'],
      ['1', 'Portes', 'p/st', 'QF/FH', 6],
      ['2', 'Échelles', 'm/h', 'QP/QF', 6],
      ['3', 'Sablage', null, null, '1.250 m²'],
    ];
    const [first, second, third] = read(sheet('M', rows)).lots[0]!.lines;
    expect([first!.unitNorm, first!.nature]).toEqual(['pc', 'QF']);
    expect([second!.unitNorm, second!.nature]).toEqual([null, null]);
    expect([third!.unitNorm, third!.quantity]).toEqual(['m2', null]);
  });

  it.each([
    ['Qté Min | Qté Max | PU', '100 | 500 | 2', '500 2', 'E'],
    ['Qté Min | Qté Max | Quantité estimative | PU', '100 | 500 | 300 | 2', '300 2', 'F'],
    ['Mindestmenge | Höchstmenge | EP', '100 | 500 | 2', '500 2', 'E'],
    ['Min. hoeveelheid | Max. hoeveelheid | EP', '100 | 500 | 2', '500 2', 'E'],
    ['Quantité | PU bas | PU haut | Montant bas | Montant haut', '10 | 2 | 3 | 20 | 30', '10 3', 'F, H'],
  ])('takes the most of two columns, or what is between, and says so: %s', (heads, cells, found, column) => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', ...heads.split(' | ')],
        ['1', 'Tonte', 'm²', ...cells.split(' | ')],
      ]),
    );
    const [line] = tender.lots[0]!.lines;
    expect(`${line!.quantity} ${line!.unitPrice?.amount}`).toBe(found);
    const told = tender.problems.filter(({ code }) => code !== 'bill.currency.assumed');
    expect(told).toMatchObject([
      { code: 'bill.columns.ranges', found: column, place: { sheet: 'M', row: 1 } },
    ]);
  });

  it.each([
    'Montant (k€)',
    'Betrag in TEUR',
    'Bedrag (duizend euro)',
    "Total £'000",
    'Montant en milliers d’euros',
  ])('counts amounts in thousands as they are: %s', (head) => {
    const rows: Rows = [
      ['N°', 'Désignation', 'U', 'Qté', 'PU €', head],
      ['1', 'Curage', 'm', 15000, 2, '30,0'],
      ['2', 'Fauchage', 'm', 5000, 1, 5],
      [null, 'Total', null, null, null, 35],
    ];
    const tender = read(sheet('M', rows));
    expect(tender.lots[0]!.lines.map(({ total }) => total?.amount)).toEqual(['30000', '5000']);
    expect([tender.lots[0]!.value?.amount, tender.problems]).toEqual(['35000', []]);
    const list = read(
      sheet('L', [
        ['Lot', 'Intitulé', head],
        ['1', 'Voirie', 1500],
        ['2', 'Égouts', 0.5],
      ]),
    );
    expect(list.lots.map(({ value }) => Number(value?.amount))).toEqual([1_500_000, 500]);
  });

  it('takes no line for a row that adds up quantities and amounts of the lines above', () => {
    const rows: Rows = [
      HEADS,
      ['1', 'Terre A', 'm³', 10, 20, 200],
      ['2', 'Terre B', 'm³', 15, 20, 300],
      [null, 'Total terres', 'm³', 25, null, 500],
      ['3', 'Gazon', 'm²', 40, 2, 80],
      [null, 'Total', null, null, null, 580],
    ];
    const tender = read(sheet('M', rows));
    expect(tender.lots[0]!.lines.map(({ label }) => label)).toEqual(['Terre A', 'Terre B', 'Gazon']);
    expect(tender.problems).toEqual([]);
  });

  it('counts no line that is struck out, and says so', () => {
    const rows: Rows = [HEADER, ['1', 'Murs', 'm²', 12], ['2', 'Sols', 'm²', 7], ['3', 'Portes', 'pc', 3]];
    const tender = read(sheet('M', rows, { struckRows: [3, 4] }));
    expect(lines(tender)).toEqual(['1 | 1 | Murs | m² | 12 | ']);
    expect(tender.problems).toMatchObject([
      { code: 'bill.rows.struck', place: { sheet: 'M', row: 3 }, params: { count: 2 } },
    ]);
  });

  it('takes goods beside a description for no further words', () => {
    const rows: Rows = [
      ['N°', 'Désignation', 'U', 'Qté', 'Fourniture', 'Pose'],
      ['1', 'Plaques', 'm²', 9, 4, 36],
    ];
    expect(read(sheet('M', rows)).lots[0]!.lines[0]).toMatchObject({ label: 'Plaques', description: null });
  });

  it('reads presumed and fixed quantities in a column each', () => {
    const header = ['N°', 'Désignation', 'Unité', 'Quantité présumée', 'Quantité forfaitaire'];
    const tender = read(
      sheet('M', [header, ['1', 'Déblais', 'm3', 12, null], ['2', 'Portes', 'pc', null, 5]]),
    );
    expect(lines(tender)).toEqual(['1 | 1 | Déblais | m3 | 12 | QP', '1 | 2 | Portes | pc | 5 | QF']);
  });

  it('reads columns without header words by their content, and says so', () => {
    const body: Rows = [
      ['1.1', 'Enlèvement de papier peint', 'm2', 214.6],
      ['1.2', 'Dépose de portes et châssis', 'pc', 4],
      ['1.3', 'Rebouchage de saignées', 'm', 48],
      ['1.4', 'Peinture de plafonds', 'm2', 99],
    ];
    const tender = read(sheet('M', body));
    expect(lines(tender)).toHaveLength(4);
    expect(codes(tender)).toEqual(['bill.header.missing']);
  });

  it.each([
    ['N°', 'Désignation', 'Quantité', 'Peinture des plafonds'],
    ['Nr.', 'Omschrijving', 'Hoeveelheid', 'Schilderen van plafonds'],
    ['Pos.', 'Bezeichnung', 'Menge', 'Anstrich der Decken'],
    ['Item', 'Description', 'Quantity', 'Painting of ceilings'],
  ])('reads a column without heading where its content is plain (%s)', (ref, label, quantity, words) => {
    const header = [ref, label, null, quantity];
    const body: Rows = [1, 2, 3, 4, 5].map((n) => [`1.${n}`, `${words} ${n}`, n === 3 ? 'pc' : 'm2', 10 * n]);
    const tender = read(sheet('M', [header, ...body.slice(0, 3), header, ...body.slice(3)]));
    expect(tender.lots[0]!.lines.map(({ unit, quantity: q }) => `${unit} ${q}`)).toEqual([
      'm2 10',
      'm2 20',
      'pc 30',
      'm2 40',
      'm2 50',
    ]);
    expect(tender.layout![0]!.columns).toEqual({ ref: 'A', label: 'B', unit: 'C', quantity: 'D' });
    expect(tender.problems.filter(({ code }) => code.startsWith('bill.column.'))).toEqual([
      expect.objectContaining({ code: 'bill.column.guessed', place: { sheet: 'M', row: 1, column: 'C' } }),
    ]);
  });

  it('takes one column of numbers without heading for what is measured, and asks about two', () => {
    const rows = (...numbers: readonly number[]): Rows => [
      ['N°', 'Désignation', 'Unité', ...numbers.map(() => null)],
      ...[1, 2, 3, 4].map((n) => [`1.${n}`, `Pose de plinthes ${n}`, 'm', ...numbers.map((by) => by * n)]),
    ];
    const one = read(sheet('M', rows(10)));
    expect(one.lots[0]!.lines.map(({ quantity }) => quantity)).toEqual(['10', '20', '30', '40']);
    const two = read(sheet('M', rows(10, 7)));
    expect(two.lots[0]!.lines.map(({ quantity }) => quantity)).toEqual([null, null, null, null]);
    expect(
      two.problems.filter(({ code }) => code === 'bill.column.unclear').map(({ place }) => place),
    ).toEqual([
      { sheet: 'M', row: 1, column: 'D' },
      { sheet: 'M', row: 1, column: 'E' },
    ]);
  });

  it('joins an article whose quantity stands below its words', () => {
    const tender = read(
      sheet('M', [
        HEADER,
        ['12.1', 'Terrassement général', null, null],
        [null, 'y compris évacuation', null, null],
        [null, null, 'm³', '250,5'],
      ]),
    );
    expect(lines(tender)).toEqual(['1 | 12.1 | Terrassement général | m³ | 250.5 | ']);
    expect(tender.lots[0]!.lines[0]).toMatchObject({ description: 'y compris évacuation', section: [] });
  });

  it('keeps the site named right below a line above all chapters that follow, and a word about one in the line', () => {
    const tender = read(
      sheet('M', [
        [...HEADER, 'Commune'],
        ['1.1', 'Peinture de murs', 'm²', 4, 'Namur'],
        [null, 'Accès au chantier par la rue Haute', null, null],
        [null, 'Chantier rue Haute 3, 4000 Liège', null, null],
        ['1', 'PEINTURES'],
        ['1.2', 'Peinture de plafonds', 'm²', 2],
      ]),
    );
    expect(
      tender.lots[0]!.lines.map(({ section, zone, description }) => [section, zone, description]),
    ).toEqual([
      [[], 'Namur', 'Accès au chantier par la rue Haute'],
      [['Chantier rue Haute 3, 4000 Liège', 'PEINTURES'], null, null],
    ]);
  });

  it('keeps the chapters that are open where a site is named, and takes no sentence about one for it', () => {
    const tender = read(
      sheet('M', [
        HEADER,
        ['1', 'PEINTURES'],
        ['Chantier : 4000 Liège', null, null, null],
        ['1.1', 'Peinture de murs', 'm²', 4],
        [null, 'Évacuation hors chantier, décharge agréée de 4100 Seraing', null, null],
        [null, 'Lieu de décharge : 4100 Seraing', null, null],
        ['Site 2 – rue Haute 3, 5000 Namur', null, null, null],
        ['1.2', 'Peinture de plafonds', 'm²', 2],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ section }) => section)).toEqual([
      ['Chantier : 4000 Liège', 'PEINTURES'],
      ['Site 2 – rue Haute 3, 5000 Namur', 'PEINTURES'],
    ]);
  });

  const sections = (rows: Rows, boldRows: readonly number[] = []): readonly string[] =>
    read(sheet('M', [HEADER, ...rows], { boldRows })).lots[0]!.lines.map(
      ({ section, description }) => `${section.join(' > ')} | ${description ?? ''}`,
    );
  const REMARKS = [
    'Coloris au choix de l’architecte',
    'Y compris évacuation des déchets du chantier',
    'Travaux à exécuter en dehors des heures de classe',
    'Teinte RAL 7016. Deux couches',
    'Kleur naar keuze van de architect',
    'De muren worden vooraf gereinigd en geschuurd',
    'Farbton nach Wahl des Architekten',
    'NB : Accès par la cour',
  ];
  const parts = (remark: string, [first, second]: readonly string[]): Rows => [
    [null, first!],
    ['1', 'Dépose de cloisons', 'm²', 12],
    [null, second!],
    ['2', 'Peinture de murs', 'm²', 30],
    [null, remark],
    ['3', 'Plinthes', 'm', 10],
  ];

  it.each([
    ['Travaux de démolition intérieure du bâtiment', 'Travaux de peinture intérieure des locaux'],
    ['Afbraakwerken in het bestaande gebouw', 'Schilderwerken in de lokalen van de school'],
    ['Abbrucharbeiten im bestehenden Gebäude', 'Malerarbeiten in den Räumen der Schule'],
  ])('opens a chapter of many words right below a line, and no remark: %s', (first, second) => {
    for (const remark of REMARKS) {
      expect(sections(parts(remark, [first, second]))).toEqual([
        `${first} | `,
        `${second} | ${remark}`,
        `${second} | `,
      ]);
    }
  });

  it('opens a chapter that is printed bold below a line that is not', () => {
    const titles = [
      'Enlèvement des cloisons du premier étage',
      'Mise en peinture des locaux du premier étage',
    ];
    for (const remark of REMARKS) {
      expect(sections(parts(remark, titles).slice(1), [3, 5])).toEqual([
        ' | ',
        `${titles[1]} | ${remark}`,
        `${titles[1]} | `,
      ]);
      expect(sections(parts(titles[0]!, titles), [3, 4, 5, 6])).toEqual([
        `${titles[0]} | ${titles[1]}`,
        `${titles[0]} | ${titles[0]}`,
        `${titles[0]} | `,
      ]);
    }
  });

  it('opens a chapter where the numbers of the lines go on with another, below one that began so', () => {
    const rows: Rows = [
      [null, 'Enlèvement des cloisons du premier étage'],
      ['1.1', 'Cloisons', 'm²', 12],
      [null, 'Briques pleines de dix centimètres'],
      ['1.2', 'Portes', 'pc', 3],
      [null, 'Mise en peinture des locaux'],
      ['2.1', 'Murs', 'm²', 30],
    ];
    const [first, second] = [rows[0]![1], rows[4]![1]];
    expect(sections(rows)).toEqual([
      `${first} | Briques pleines de dix centimètres`,
      `${first} | `,
      `${second} | `,
    ]);
    expect(sections(rows.slice(1))).toEqual([' | Briques pleines de dix centimètres', ` | ${second}`, ' | ']);
  });

  it('keeps titles above a line, and none of its sums, page numbers and repeated headers', () => {
    const tender = read(
      sheet('M', [
        ['Rénovation de la cure - Métré', null, null, null],
        HEADER,
        ['1', '2', '3', '4'],
        ['06', 'DÉPOSES'],
        ['06.1', 'Châssis :'],
        ['06.1.1', 'Dépose de châssis', 'pc', 4],
        [null, 'À reporter', null, null],
        ['Page 1'],
        ['Rénovation de la cure - Métré'],
        HEADER,
        [null, 'Report', null, null],
        ['06.1.2', 'Dépose de portes', 'pc', 2],
        [null, 'Sous-total 06.1', null, null],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 06.1.1 | Dépose de châssis | pc | 4 | ',
      '1 | 06.1.2 | Dépose de portes | pc | 2 | ',
    ]);
    expect(tender.lots[0]!.lines[1]!.section).toEqual(['DÉPOSES', 'Châssis']);
    expect(tender.problems).toEqual([]);
  });

  it('finds several tables on a sheet, each with its own columns and lot', () => {
    const tender = read(
      sheet('M', [
        ['Lot 1 : Gros-œuvre'],
        HEADER,
        ['1', 'Béton armé', 'm3', 3],
        [],
        ['Lot 2 : Peinture'],
        ['N°', 'Unité', 'Désignation', 'Quantité'],
        ['2', 'm2', 'Peinture acrylique', 30],
      ]),
    );
    expect(tender.lots.map((lot) => [lot.ref, lot.title])).toEqual([
      ['1', 'Gros-œuvre'],
      ['2', 'Peinture'],
    ]);
    expect(lines(tender)).toEqual([
      '1 | 1 | Béton armé | m3 | 3 | ',
      '2 | 2 | Peinture acrylique | m2 | 30 | ',
    ]);
  });

  it('counts the same bill once when it stands there twice', () => {
    const body: Rows = ['a', 'b', 'c', 'd', 'e'].map((label, index) => [
      String(index),
      `Poste ${label}`,
      'm2',
      index + 1,
    ]);
    const priced = body.map((row) => [...row, 10]);
    const tender = read(sheet('Détail', [HEADER, ...body]), sheet('Récap', [[...HEADER, 'PU'], ...priced]));
    expect(lines(tender)).toHaveLength(5);
    expect(codes(tender)).toContain('bill.sheet.repeated');
    expect(tender.layout.map((layout) => layout.sheet)).toEqual(['Récap']);
  });

  it('takes the works of a schedule of rates once, where another table counts them', () => {
    const works = ['Abattage', 'Élagage', 'Dessouchage', 'Broyage', 'Évacuation'];
    const rates: Rows = [
      ['N°', 'Désignation', 'Unité', 'PU €'],
      ...[...works, 'Tonte'].map((words, at) => [`${at}`, words, 'pc', 4]),
    ];
    const counted: Rows = [
      [...HEADER, 'PU €', 'Total €'],
      ...works.map((words, at) => [`${at}`, words, 'pc', 9, 4, 36]),
    ];
    const tender = read(sheet('BPU', rates), sheet('DQE', counted));
    expect(tender.lots[0]!.lines.map(({ label, quantity }) => [label, quantity])).toEqual([
      ['Tonte', null],
      ...works.map((words) => [words, '9']),
    ]);
    expect(codes(tender)).toContain('bill.rates.counted');
    const alone = read(sheet('BPU', rates.slice(0, 6)), sheet('DQE', counted));
    expect([alone.lots[0]!.lines.length, codes(alone)]).toEqual([5, ['bill.rates.counted']]);
    expect(alone.problems[0]).toMatchObject({ place: { sheet: 'BPU', row: 1 }, params: { other: 'DQE' } });
  });

  it('does not take a summary of chapters for a bill', () => {
    const summary: Rows = [
      ['N°', 'Chapitre', 'Désignation', 'Montant'],
      ['1', null, 'Gros-œuvre', 1000],
    ];
    const tender = read(sheet('Récap', summary), sheet('M', [HEADER, ['1', 'Béton', 'm3', 3]]));
    expect(lines(tender)).toEqual(['1 | 1 | Béton | m3 | 3 | ']);
  });

  it('reads hidden rows and tells them; leaves out hidden columns and sheets and tells them too', () => {
    const rows: Rows = [
      [...HEADER, 'Prix'],
      ['1', 'Portes', 'pc', 4, 9],
      ['2', 'Châssis', 'pc', 2, 8],
    ];
    const tender = read(
      sheet('M', rows, { hiddenRows: [3], hiddenColumns: new Set([4]) }),
      sheet('Prix du concurrent', [HEADER, ['1', 'x', 'm', 1]], { hidden: true }),
    );
    expect(lines(tender)).toHaveLength(2);
    expect(tender.lots[0]!.lines[0]!.unitPrice).toBeNull();
    expect(codes(tender)).toEqual(['bill.sheet.hidden', 'bill.columns.hidden', 'bill.rows.hidden']);
  });

  it('tells options, variants and reserved sums from what is ordered', () => {
    const tender = read(
      sheet('M', [
        HEADER,
        ['1', 'Option : poulailler', 'pc', 1],
        ['2', 'Variante : enduit à la chaux', 'm2', 30],
        ['3', 'Somme réservée pour imprévus', 'SR', 1],
        ['4', 'Coordination', 'PM', null],
        ['9', 'OPTIONS'],
        ['9.1', 'Préau', 'm2', 12],
      ]),
    );
    expect(tender.lots[0]!.lines.map((line) => [line.kind, line.nature, line.variant])).toEqual([
      ['option', null, true],
      ['variant', null, true],
      ['provisional', 'SR', false],
      ['base', 'PM', false],
      ['option', null, true],
    ]);
    expect(tender.problems).toEqual([]);
  });

  it.each([
    ['Option (O/N)', ['O', 'N', 'oui', 'x', null]],
    ['Option (oui/non)', ['Oui', 'Non', 'OUI', '✓', 'non']],
    ['Optie (J/N)', ['J', 'N', 'ja', 'X', 'nee']],
    ['Option (J/N)', ['ja', 'nein', 'J', '1', '0']],
    ['Option (Y/N)', ['Y', 'N', 'yes', 'x', null]],
    ['Option / Optie', ['Option', null, 'Optie', 'opt.', null]],
  ])('reads the column “%s” of each line', (head, [first, second, third, fourth, fifth]) => {
    const rows = [first, second, third, fourth, fifth].map((said, at) => [`${at}`, 'Porte', 'pc', 1, said!]);
    const tender = read(sheet('M', [[...HEADER.slice(0, 4), head], ...rows]));
    expect(tender.lots[0]!.lines.map(({ kind, variant }) => `${kind} ${variant}`)).toEqual([
      'option true',
      'base false',
      'option true',
      'option true',
      'base false',
    ]);
    expect(tender.problems).toEqual([]);
  });

  it.each<[string, GridCell, string]>([
    ['m² QP', 12, 'm² 12 QP'],
    ['QF m²', 12, 'm² 12 QF'],
    ['m²/VH', 12, 'm² 12 QP'],
    ['m² (FH)', 12, 'm² 12 QF'],
    ['QF', 1, 'null 1 QF'],
    ['pc', '12,5 QP', 'pc 12.5 QP'],
    ['FFT', '1 QF', 'FFT 1 QF'],
    ['m²', 'PM', 'm² null PM'],
    ['m²', 'p.m.', 'm² null PM'],
    ['m² PM', null, 'm² null PM'],
    ['st', 'pro memorie', 'st null PM'],
    ['m³', 'compris', 'm³ null PM'],
    ['m³', 'inclus poste 10', 'm³ null PM'],
    ['m³', 'inbegrepen in post 3', 'm³ null PM'],
    ['m³', 'enthalten', 'm³ null PM'],
    ['m³', 's.o.', 'm³ null PM'],
    ['m³', 'n.v.t.', 'm³ null PM'],
    ['m³', 'entfällt', 'm³ null PM'],
    ['m³', 'N/A', 'm³ null PM'],
    ['m³', 'Prov Sum', 'm³ null SR'],
    ['m² QPV', 12, 'm² QPV 12 null'],
  ])('reads the kind of quantity beside the unit “%s” or the number “%s”', (unit, quantity, expected) => {
    const tender = read(sheet('M', [HEADER, ['1', 'Peinture', unit, quantity]]));
    const [line] = tender.lots[0]!.lines;
    expect(`${line!.unit} ${line!.quantity} ${line!.nature}`).toBe(expected);
    expect(tender.problems).toEqual([]);
  });

  it.each(['PM', 'pour mémoire', 'Compris', 'inbegrepen', 'inkl.'])(
    'takes what has “%s” for a price as paid with another article',
    (word) => {
      const tender = read(
        sheet('M', [
          [...HEADER, 'PU €', 'Total €'],
          ['1', 'Peinture', 'm²', 10, 8, 80],
          ['2', 'Protections', 'fft', 1, word, null],
          ['3', 'Nettoyage', '-', '-', null, word],
        ]),
      );
      expect(tender.lots[0]!.lines.map(({ nature }) => nature)).toEqual([null, 'PM', 'PM']);
      expect([tender.lots[0]!.value?.amount, codes(tender)]).toEqual(['80.00', []]);
    },
  );

  it.each([
    ['Châssis (option exigée)', 'option'],
    ['Peinture - en option', 'option'],
    ['(Optie) Reiniging van de gevel', 'option'],
    ['Verf, in optie', 'option'],
    ['Position éventuelle : laque', 'option'],
    ['Toiture – VARIANTE zinc', 'variant'],
    ['Toiture (variante A)', 'variant'],
    ['Chaudière (options comprises)', 'base'],
    ['Peinture de teintes variées', 'base'],
    ['Enduit - sans option', 'base'],
    ['Prime cost sum for ironmongery', 'provisional'],
    ['Contingencies', 'provisional'],
    ['Alternativ: Fenster aus Kunststoff', 'variant'],
    ['Alternatief: ramen in pvc', 'variant'],
    ['Stelposten keuken', 'provisional'],
  ])('tells what is asked perhaps by its words, wherever they stand: %s', (label, kind) => {
    const tender = read(sheet('M', [HEADER, ['1', label, 'm²', 12]]));
    expect(tender.lots[0]!.lines[0]!.kind).toBe(kind);
  });

  it.each([
    ['PSE 1', 'option'],
    ['OPT.2', 'option'],
    ['VAR 1', 'variant'],
    ['01.2', 'base'],
  ])('tells what is asked perhaps by the number %s', (ref, kind) => {
    expect(read(sheet('M', [HEADER, [ref, 'Stores', 'pc', 12]])).lots[0]!.lines[0]!.kind).toBe(kind);
  });

  it('takes an option nobody has measured for a line, and not for the title of the next', () => {
    const tender = read(
      sheet('M', [
        HEADER,
        ['1', 'Fenster', 'St', 2],
        ['2', 'Eventualposition: Lackieren'],
        ['3', 'Türen', 'St', 4],
        ['9', 'Optionen: Außenanlagen'],
        ['9.1', 'Zaun', 'm', 12],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ label, kind }) => `${label}, ${kind}`)).toEqual([
      'Fenster, base',
      'Eventualposition: Lackieren, option',
      'Türen, base',
      'Zaun, option',
    ]);
  });

  it('gives quantities of other units below a line its number and words, printed over all of them', () => {
    const tender = read(
      sheet('M', [
        HEADER,
        ['1.1', 'Peinture des murs', 'm²', 120],
        [null, null, 'm', 12],
        ['1.2', 'Portes', 'pc', 4],
        ['1.3', 'Enduit', 'm²', null],
        [null, null, null, 7],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 1.1 | Peinture des murs | m² | 120 | ',
      '1 | 1.1 | Peinture des murs | m | 12 | ',
      '1 | 1.2 | Portes | pc | 4 | ',
      '1 | 1.3 | Enduit | m² | 7 | ',
    ]);
    expect(codes(tender)).toEqual(['bill.ref.repeated']);
  });

  it.each([
    'Transport',
    'Transport page 3',
    'Report',
    'Report de la page précédente',
    'REPORTS',
    'Übertrag von Seite 2',
    'Overdracht',
    'À reporter',
    'Gesamtbetrag netto',
    'Titelsumme 1',
    'Eindtotaal',
  ])('takes what is carried or added up for no line: %s', (label) => {
    const tender = read(
      sheet('M', [
        [...HEADER, 'PU €', 'Total €'],
        ['1', 'Tonte', 'm²', 10, 1, 10],
        [null, label, null, null, null, 10],
      ]),
    );
    expect([tender.lots[0]!.lines.length, codes(tender)]).toEqual([1, []]);
  });

  it.each(['Transport des terres', 'Transport et mise en décharge', 'Taxe d’occupation de la voie publique'])(
    'takes a lump sum for a line whose words begin like those of a sum: %s',
    (label) => {
      const rows: Rows = [
        [...HEADER, 'PU €', 'Total €'],
        ['1', 'Tonte', 'm²', 10, 1, 10],
        [null, label, 'FFT', null, null, 250],
      ];
      const tender = read(sheet('M', rows));
      expect(tender.lots[0]!.lines.map(({ total }) => total?.amount)).toEqual(['10', '250']);
    },
  );

  it('gives an article whose words go on in every row the quantity at their end, and is no title of the next', () => {
    const tender = read(
      sheet('M', [
        ['Pos', 'Text', 'Menge', 'Einheit'],
        ['1.10', 'Mauerwerk abbrechen,'],
        [null, 'Dicke 24 cm, einschl. Schutt'],
        [null, 'laden und abfahren', '12,5', 'm³'],
        ['1.20', 'Öffnung schließen', 2, 'St'],
        ['1.30', 'Putz'],
        [null, null, 12, 'm²'],
        ['1.40', 'Fenster', 3, 'St'],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ ref, label, section }) => [ref, label, section])).toEqual([
      ['1.10', 'Mauerwerk abbrechen,', []],
      ['1.20', 'Öffnung schließen', []],
      ['1.30', 'Putz', []],
      ['1.40', 'Fenster', []],
    ]);
    expect(tender.lots[0]!.lines[0]!.description).toBe('Dicke 24 cm, einschl. Schutt\nladen und abfahren');
  });

  it.each([
    ['01.2', '01.3', false],
    ['01.2', '01.2a', true],
    ['01.10', '01.12', true],
    ['01.10', '01.20', false],
    ['01.2', '02.1', true],
    ['1', '2', true],
    ['10', '11', true],
    ['A', '1', true],
  ])('puts the title %s above the line %s: %s', (title, line, isAbove) => {
    const tender = read(sheet('M', [HEADER, [title, 'Peintures'], [line, 'Murs', 'm²', 4]]));
    expect(tender.lots[0]!.lines[0]!.section).toEqual(isAbove ? ['Peintures'] : []);
  });

  it.each(['Nombre de passages', 'Fréquence/an', 'Aantal beurten per jaar', 'Häufigkeit'])(
    'checks the amount of works that are done many times, and takes the area for the quantity: %s',
    (times) => {
      const rows: Rows = [
        ['N°', 'Prestation', 'Surface m²', times, 'PU €', 'Total €'],
        ['1', 'Tonte de la zone A', 1200, 18, '0,05', 1080],
        ['2', 'Tonte de la zone B', 800, 12, '0,05', 490],
        ['3', 'Nettoyage du parc', 900, 12, 60, 720],
      ];
      const tender = read(sheet('M', rows));
      expect(lines(tender)).toEqual([
        '1 | 1 | Tonte de la zone A | m² | 1200 | ',
        '1 | 2 | Tonte de la zone B | m² | 800 | ',
        '1 | 3 | Nettoyage du parc | m² | 900 | ',
      ]);
      expect(tender.problems).toMatchObject([{ code: 'bill.total.differs', place: { row: 3 } }]);
    },
  );

  it('reads a head of sums that only says the money, and a lump sum where a quantity would stand', () => {
    const tender = read(
      sheet('Bill 3', [
        ['Item', 'Description', 'Qty', 'Unit', 'Rate', '£'],
        ['A', 'Painting of walls', 450, 'm2', 5.5, 2475],
        ['B', 'Allow for protection', 'Item', null, null, 350],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ total, unit }) => [total, unit])).toEqual([
      [{ amount: '2475', currency: 'GBP' }, 'm2'],
      [{ amount: '350', currency: 'GBP' }, 'Item'],
    ]);
    expect(tender.problems).toEqual([]);
  });

  it('tells the number of an article from its words where no column holds it', () => {
    const tender = read(
      sheet('M', [
        ['Désignation', 'U', 'Q'],
        ['01 TRAVAUX PRÉPARATOIRES'],
        ['01.11 Installation de chantier', 'FFT', 1],
        ['01.12 - Signalisation', 'FFT', 1],
        ['06 DÉMOLITIONS'],
        ['06.31 Dépose de 12 portes', 'pc', 12],
        ['Total'],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ ref, label, section }) => [ref, label, ...section])).toEqual([
      ['01.11', 'Installation de chantier', 'TRAVAUX PRÉPARATOIRES'],
      ['01.12', 'Signalisation', 'TRAVAUX PRÉPARATOIRES'],
      ['06.31', 'Dépose de 12 portes', 'DÉMOLITIONS'],
    ]);
    const words: Rows = [
      ['Désignation', 'U', 'Q'],
      ['12 portes en bois', 'pc', 12],
      ['Châssis', 'pc', 3],
      ['Seuils', 'm', 9],
    ];
    expect(lines(read(sheet('M', words)))[0]).toBe('1 |  | 12 portes en bois | pc | 12 | ');
  });

  it('takes no words above columns for a line, where none of them is known', () => {
    const rows: Rows = [
      ['Kode', 'Hvad', 'Enhed', 'Tal'],
      ['1.1', 'Maling af vægge i stuen', 'm²', 4],
      ['1.2', 'Maling af lofter i stuen', 'm²', 5],
      ['1.3', 'Maling af døre i stuen', 'st', 6],
      ['1.4', 'Maling af vinduer i stuen', 'st', 7],
    ];
    const tender = read(sheet('M', rows));
    expect([tender.lots[0]!.lines.length, codes(tender)]).toEqual([4, ['bill.header.missing']]);
  });

  it('takes no row of another table for the title', () => {
    const tender = read(
      sheet('Métré', [HEADER, ['1', 'Peinture', 'm²', 4]]),
      sheet('Personnel', [
        ['Fonction du personnel', 'Nombre de personnes', 'Remarque'],
        ['Ouvrier', 3, 'jour'],
      ]),
    );
    expect(tender.tender.title).toBeNull();
  });

  it('takes a percentage of an amount for what it is', () => {
    const rows: Rows = [
      [...HEADER, 'PU €', 'Total €'],
      ['1', 'Frais généraux', '%', 10, 5000, 500],
      ['2', 'Révision', '%', 10, 5000, 5000],
    ];
    expect(read(sheet('M', rows)).problems).toMatchObject([
      { code: 'bill.total.differs', found: '5000', expected: '500.00' },
    ]);
  });

  it.each([
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Peinture des murs du local', 'u', 'pc'],
    [['Nr.', 'Omschrijving', 'Eenheid', 'Hoeveelheid'], 'Schilderwerken van de muren', 'u', 'h'],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Ouvrier', 'h/homme', 'h'],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Potelets', 'pièce(s)', 'pc'],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Terre', 'm3 foisonné', 'm3'],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Chantier', 'forf.', 'ls'],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Ouvrier', 'hre', 'h'],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Charmes', 'pces', 'pc'],
    [['Nr.', 'Omschrijving', 'Eenheid', 'Hoeveelheid'], 'Keuken', 'pst', 'ls'],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Location', 'm².mois', null],
    [['N°', 'Désignation', 'Unité', 'Quantité'], 'Bordures', 'm / pc', null],
  ] as const)('knows units of a bill headed %j: %s, %s', (header, label, unit, norm) => {
    const [line] = read(sheet('M', [[...header], ['1', label, unit, 4]])).lots[0]!.lines;
    expect([line!.unit, line!.unitNorm]).toEqual([unit, norm]);
  });

  it('takes no price of an option for a yes', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', 'Quantité', 'PU', 'Montant', 'Option'],
        ['1', 'Portes', 'pc', 1, 100, 100, null],
        ['2', 'Préau', 'm2', 12, 10, null, 120],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ kind }) => kind)).toEqual(['base', 'base']);
  });

  it('tells every number that it could not read, where it stands', () => {
    const tender = read(
      sheet('Lot 2', [
        HEADER,
        ['a', 'Portes', 'pc', '12,5,0'],
        ['b', 'Tuyaux', 'm', '1,234'],
        ['c', 'Seuils', 'm', null],
      ]),
    );
    expect(tender.problems).toMatchObject([
      {
        code: 'bill.quantity.unreadable',
        severity: 'error',
        place: { sheet: 'Lot 2', row: 2, column: 'D' },
        found: '12,5,0',
      },
      { code: 'bill.quantity.ambiguous', place: { row: 3, column: 'D' }, expected: '1234 | 1.234' },
      { code: 'bill.quantity.missing', place: { row: 4, column: 'D' } },
    ]);
    expect(tender.lots[0]!.lines.map((line) => line.quantity)).toEqual([null, null, null]);
  });

  it('checks what is multiplied and what is added up', () => {
    const header = [...HEADER, 'P.U. €', 'Total €'];
    const tender = read(
      sheet('M', [
        header,
        ['1', 'Portes', 'pc', 2, 100, 200],
        ['2', 'Châssis', 'pc', 3, 100, 350],
        [null, 'Total HTVA', null, null, null, 600],
      ]),
    );
    expect(tender.problems).toMatchObject([
      { code: 'bill.total.differs', found: '350', expected: '300.00', place: { row: 3, column: 'F' } },
      { code: 'bill.sum.differs', found: '600', expected: '550.00' },
    ]);
    expect(tender.lots[0]!.value).toEqual({ amount: '600', currency: 'EUR' });
  });

  it('names a line by its place when its number is not its own', () => {
    const tender = read(
      sheet('M', [HEADER, ['1', 'Portes A', 'pc', 2], ['1', 'Portes B', 'pc', 3], [null, 'Sans', 'pc', 1]]),
    );
    expect(tender.lots[0]!.lines.map((line) => line.key)).toEqual(['@M!2', '@M!3', '@M!4']);
    expect(tender.problems).toMatchObject([{ code: 'bill.ref.repeated', params: { count: 2 } }]);
  });

  it('reads what the cover says of the whole', () => {
    const tender = read(
      sheet('Garde', [
        ["Maître d'ouvrage", 'Logis Exemple, 4000 Liège'],
        ['Objet', 'Rénovation de la salle'],
        ['Lieu', '4102 Ougrée'],
        ['Remise des offres', '26 février 2027 à 12 h 00'],
      ]),
      sheet('M', [HEADER, ['1', 'Portes', 'pc', 2]]),
    );
    expect(tender.tender).toMatchObject({
      title: 'Rénovation de la salle',
      deadline: '2027-02-26T12:00:00+01:00',
      place: { postalCode: '4102', locality: 'Ougrée', municipality: 'Seraing', country: 'BE' },
      buyer: { name: 'Logis Exemple, 4000 Liège' },
    });
  });

  it.each([
    ['Rep. | Désignation | U | Qté', 'A | Châssis | pc | 4', 'A | Châssis | pc | 4 | '],
    ['Volgnr. | Omschrijving | Eenheid | Hoeveelheid', '1 | Maaien | m² | 4', '1 | Maaien | m² | 4 | '],
    ['Lfd. Nr. | Bezeichnung | Einheit | Menge', '1 | Türen | St | 4', '1 | Türen | St | 4 | '],
    ['Post | Omschrijving | Eenh. | Hoev. | VH/FH', '1 | Opbraak | m² | 4 | VH', '1 | Opbraak | m² | 4 | QP'],
    ['Pos. | Bezeichnung | Stück | Einzelpreis', '1 | Türen | 4 | 9', '1 | Türen |  | 4 | '],
    [
      'N° | Prestation | Surface (m²) | Prix/mois',
      '1 | Nettoyage | 420 | 150',
      '1 | Nettoyage | m² | 420 | ',
    ],
    [
      'Nr | Prestatie | Oppervlakte (m²) | Jaarprijs',
      '1 | Poetsen | 420 | 1800',
      '1 | Poetsen | m² | 420 | ',
    ],
    ['N° | Désignation | Quantité (m³) | PU', '1 | Déblais | 420 | 15', '1 | Déblais | m³ | 420 | '],
    ['Nr. | Raumgruppe | Fläche in m² | Preis pro Monat', '1 | Flure | 420 | 150', '1 | Flure | m² | 420 | '],
    ['N° | Désignation | U | QP | QF', '1 | Enduit | m² |  | 420', '1 | Enduit | m² | 420 | QF'],
    ['Nr. | Omschrijving | Eenheid | VH', '1 | Muren | m² | 420', '1 | Muren | m² | 420 | QP'],
    [
      'N° | Désignation | Quantité (a) | PU (b) | Total (a x b)',
      '1 | Chantier | 1 | 5 | 5',
      '1 | Chantier |  | 1 | ',
    ],
    ['Nr. | Omschrijving | Hoeveelheid (A) | EP', '1 | Werf | 1 | 5', '1 | Werf |  | 1 | '],
    ['N° | Désignation | Quantité (h) | PU (i) | Total', '1 | Portes | 1 | 5 | 5', '1 | Portes |  | 1 | '],
    ['N° | Désignation | Quantité (h) | PU | Total', '1 | Régie | 4 | 5 | 20', '1 | Régie | h | 4 | '],
    ['Post | Artikel | Eenh. | Hoev.', '1 | Vloer uitbreken | m² | 4', '1 | Vloer uitbreken | m² | 4 | '],
    ['N° de poste | Texte | Un | Quant.', '1 | Gaine | m | 4', '1 | Gaine | m | 4 | '],
    ['Nr. | Omschrijving | Eenheid | Verm. hoev.', '1 | Muren | m² | 4', '1 | Muren | m² | 4 | QP'],
    [
      'Nr. | Omschrijving | Eenheid | Forfaitaire hoeveelheid',
      '1 | Muren | m² | 4',
      '1 | Muren | m² | 4 | QF',
    ],
    [
      'N° | Désignation | U | Q | Prix unitaire en toutes lettres | Prix unitaire en chiffres',
      '1 | Murs | m² | 4 | dix euros | 10',
      '1 | Murs | m² | 4 | ',
    ],
    ['Désignation | Code | Qté | Un. | €/U | €', 'Murs | 81.1 | 4 | m² | 10 | 40', '81.1 | Murs | m² | 4 | '],
    [
      'N° | Désignation | U | Bât. A | Bât. B | Total | PU | Montant',
      '1 | Murs | m² | 1 | 3 | 4 | 10 | 40',
      '1 | Murs | m² | 4 | ',
    ],
    ['Ordnungszahl | Menge | Einheit | Leistungstext', '1.1 | 4 | m² | Wände', '1.1 | Wände | m² | 4 | '],
    ['Catégorie | Description | Unité | Taux horaire', 'A | Ouvrier | h | 45', ' | Ouvrier | h |  | '],
    ['N° | Désignation | U | Q', '1 | Imprévus | SAJ | 1', '1 | Imprévus | SAJ | 1 | SR'],
    ['N° | Désignation | U | Q', '1 | Imprévus | S.R. | 1', '1 | Imprévus | S.R. | 1 | SR'],
    ['Local | Surface (m²) | Prix/an', 'Hall | 60 | 3000', ' | Hall | m² | 60 | '],
    ['Service | Désignation | Unité | Quantité', 'Voirie | Bordures | m | 4', ' | Bordures | m | 4 | '],
    [
      'Poste | Travaux | Description | U | Qté',
      '1 | Peinture | Mise en peinture | m² | 4',
      '1 | Mise en peinture | m² | 4 | ',
    ],
    ['Pos. | Leistungen | Einheit | Menge', '1 | Anstrich | m² | 4', '1 | Anstrich | m² | 4 | '],
    ['N° | Désignation | Quantité | Option (O/N)', '1 | Haies | 12 m | N', '1 | Haies | m | 12 | '],
  ])('reads the heads %s', (heads, row, line) => {
    const cells = (text: string): readonly string[] => text.split(' | ');
    expect(lines(read(sheet('M', [cells(heads), cells(row)])))).toEqual([`1 | ${line}`]);
  });

  it.each([
    ['Prix tot. HTVA', 'Prix unit. HTVA', '9', '36'],
    ['Prix HTVA', 'Prix unitaire HTVA', '9', '36'],
    ['Preis', 'Preis/Einheit', '9', '36'],
    ['Prijs', 'Eenheidsprijs', '9', '36'],
    ['Prix annuel', 'Prix/mois', undefined, '36'],
    ['Jaarprijs', 'Prijs per maand', undefined, '36'],
    ['Jahrespreis', 'Preis pro Monat', undefined, '36'],
    ['Preis pro Jahr', 'Preis pro Monat', undefined, '36'],
    ['Totale kostprijs', 'Kostprijs per stuk', '9', '36'],
  ])('takes no price of a month for that of a piece: %s', (total, unit, unitPrice, amount) => {
    const tender = read(
      sheet('M', [
        [...HEADER, unit, total],
        ['1', 'Nettoyage', 'pc', 4, 9, 36],
      ]),
    );
    const [line] = tender.lots[0]!.lines;
    expect([line!.unitPrice?.amount, line!.total?.amount, codes(tender)]).toEqual([
      unitPrice,
      amount,
      ['bill.currency.assumed'],
    ]);
  });

  it.each([
    ['Unité | Quantité | Prix par mois', 'mois | 12 | 500', '500', ['bill.currency.assumed']],
    [
      'Eenheid | Hoeveelheid | Maandprijs | Totaal',
      'maand | 12 | 500 | 6000',
      '500',
      ['bill.currency.assumed'],
    ],
    ['Menge | Preis pro Monat', '12 | 500', '500', ['bill.currency.assumed']],
    ['Unit | Quantity | Price per month', 'm2 | 12 | 500', undefined, ['bill.prices.monthly']],
  ])('takes the price of a month where months are counted: %s', (heads, row, unitPrice, told) => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', ...heads.split(' | ')],
        ['1', 'Entretien', ...row.split(' | ')],
      ]),
    );
    expect(tender.lots[0]!.lines[0]!.unitPrice?.amount).toBe(unitPrice);
    expect(codes(tender)).toEqual(told);
  });

  it('takes the end of a stretch for no total', () => {
    const tender = read(
      sheet('M', [
        ['Nr.', 'Omschrijving', 'Aantal', 'Van', 'Tot', 'Eenheidsprijs', 'Totaal'],
        ['1', 'Boordstenen', 4, 10, 14, 9, 36],
      ]),
    );
    expect(tender.lots[0]!.lines[0]).toMatchObject({ total: { amount: '36' } });
    expect(codes(tender)).toEqual(['bill.currency.assumed']);
  });

  it('finds the lot that a title names after that of the whole', () => {
    const tender = read(
      sheet('M', [
        ['Rénovation de l’école – Lot n° 2 – Plâtrerie / Peinture'],
        HEADER,
        ['1', 'Cloisons', 'm²', 4],
      ]),
    );
    expect(tender.lots.map(({ ref, title }) => [ref, title])).toEqual([['2', 'Plâtrerie / Peinture']]);
  });

  it.each([
    ['€', 'EUR', '245,00 €'],
    ['£', 'GBP', '£245.00'],
  ])('knows the currency by the prices: %s', (_, currency, price) => {
    const tender = read(
      sheet('M', [
        [...HEADER, 'PU'],
        ['1', 'Portes', 'pc', 4, price],
      ]),
    );
    expect(tender.lots[0]!.lines[0]!.unitPrice).toEqual({ amount: '245.00', currency });
    expect(tender.problems).toEqual([]);
  });

  it('takes neither a public body, nor a clause, for the title of the work', () => {
    const tender = read(
      sheet('Lot 1', [
        ['Administration communale de Differdange'],
        ['Bordereau – Peintures intérieures de l’école'],
        HEADER,
        ['1', 'Murs', 'm²', 4],
      ]),
      sheet('Clauses', [
        ['Article 1 : Généralités'],
        ['Le soumissionnaire est tenu de vérifier les quantités.'],
      ]),
    );
    expect(tender.tender).toMatchObject({
      title: 'Peintures intérieures de l’école',
      buyer: { name: 'Administration communale de Differdange' },
    });
    const clauses = read(
      sheet('Lot 1', [HEADER, ['1', 'Murs', 'm²', 4]]),
      sheet('Clauses', [
        ['Article 1 : Généralités'],
        ['Le soumissionnaire est tenu de vérifier les quantités.'],
      ]),
    );
    expect(clauses.tender.title).toBeNull();
  });

  it('takes neither a row of a summary nor the titles of columns for the title of the work', () => {
    const tender = read(
      sheet('M', [
        [null, null, null, null, 'Estimation du service', 'Remarques diverses'],
        [...HEADER, 'PU €'],
        ['1', 'Portes', 'pc', 4, 9],
      ]),
      sheet('Samenvatting', [['Perceel 1', 'Schilderwerken buiten', 36]]),
    );
    expect(tender.tender.title).toBeNull();
  });

  it.each<{ cover: Rows; title: string | null }>([
    {
      cover: [["Rénovation de l'école communale", null, null, 2024]],
      title: "Rénovation de l'école communale",
    },
    { cover: [['Objet :', 'Rénovation de la salle', null, 45000]], title: 'Rénovation de la salle' },
    {
      cover: [
        ['Peinture des façades', 12000],
        ['Total', 12000],
      ],
      title: null,
    },
    {
      cover: [
        ['Peinture des façades', 12000],
        ['Menuiseries', 8000],
      ],
      title: null,
    },
  ])('takes a title with a number beside it, and no row of amounts: $cover', ({ cover, title }) => {
    const tender = read(sheet('Garde', cover), sheet('M', [HEADER, ['1', 'Portes', 'pc', 4]]));
    expect(tender.tender.title).toBe(title);
  });

  it('takes a title that names a place, and no place for a title', () => {
    const titled = (...rows: Rows): (string | null)[] => {
      const { title, place } = read(
        sheet('Garde', rows),
        sheet('M', [HEADER, ['1', 'Portes', 'pc', 4]]),
      ).tender;
      return [title, place.municipality];
    };
    const works = 'Réhabilitation de la rue du Moulin à 4480 Engis';
    expect(titled(['SPW – Mobilité'], [`Objet : ${works}`])).toEqual([works, 'Engis']);
    expect(titled(['Projet', '4480 Engis'])).toEqual([null, 'Engis']);
  });

  it('gives the sum printed below its only lot', () => {
    const tender = read(
      sheet('DPGF', [
        ['DPGF – Lot n° 4 – Peinture'],
        [...HEADER, 'P.U. € HT', 'Montant € HT'],
        ['4.1', 'Peinture sur murs', 'm²', 10, 6, 60],
        [null, 'TOTAL HT', null, null, null, 60],
      ]),
    );
    expect(tender.tender.value).toEqual({ amount: '60', currency: 'EUR' });
  });

  it('gives the sum of all lots, printed below the last of them', () => {
    const tender = read(
      sheet('LV', [
        ['Los 1 Malerarbeiten'],
        ['Pos.', 'Beschreibung', 'Menge', 'Einheit', 'EP €', 'GP €'],
        ['1.1', 'Wände streichen', 10, 'm²', 6, 60],
        [null, 'Summe Los 1', null, null, null, 60],
        ['Los 2 Bodenbelag'],
        ['2.1', 'Linoleum verlegen', 10, 'm²', 4, 40],
        [null, 'Summe Los 2', null, null, null, 40],
        [null, 'Gesamtsumme netto', null, null, null, 100],
      ]),
    );
    expect([tender.tender.value?.amount, ...tender.lots.map(({ value }) => value?.amount)]).toEqual([
      '100',
      '60',
      '40',
    ]);
    expect(tender.problems).toEqual([]);
  });

  it('tells chapters from words about a line where no column numbers them', () => {
    const tender = read(
      sheet('M', [
        ['Désignation', 'Qté', 'Unité'],
        ['Tableau divisionnaire'],
        ['Coffret de 24 modules', 1, 'pc'],
        ['y compris raccordement'],
        ['Marque au choix'],
        ["Coloris au choix de l'architecte"],
        ['Prises et éclairage'],
        ['Prise double', 24, 'pc'],
        ['ÉCLAIRAGE DES ABORDS ET PARKINGS'],
        ['Mât de 4 m', 2, 'pc'],
        [],
        ['Éclairage de secours des locaux'],
        ['Bloc autonome', 6, 'pc'],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ section, description }) => [section, description])).toEqual([
      [
        ['Tableau divisionnaire'],
        "y compris raccordement\nMarque au choix\nColoris au choix de l'architecte",
      ],
      [['Prises et éclairage'], null],
      [['ÉCLAIRAGE DES ABORDS ET PARKINGS'], null],
      [['Éclairage de secours des locaux'], null],
    ]);
  });

  it.each(['Prix', 'Prijs', 'Preis', 'Price'])(
    'takes a price for that of the whole where nothing is counted: %s',
    (head) => {
      const three = read(
        sheet('M', [
          ['Poste', 'Description', head],
          ['1', 'Installation', 1500],
          ['2', 'Démolition', 800],
        ]),
      );
      expect(three.lots[0]!.lines.map(({ label, total }) => [label, total?.amount])).toEqual([
        ['Installation', '1500'],
        ['Démolition', '800'],
      ]);
      const counted = read(
        sheet('M', [
          ['Poste', 'Description', 'Unité', head],
          ['1', 'Installation', 'h', 45],
        ]),
      );
      expect(counted.lots[0]!.lines[0]).toMatchObject({ unitPrice: { amount: '45' }, total: null });
    },
  );

  it('reads a table of words and prices only where there is no other', () => {
    const prices: Rows = [
      ['Description', 'Prix'],
      ['Installation', 1500],
      ['Démolition', 800],
    ];
    expect(lines(read(sheet('M', prices)))).toEqual([
      '1 |  | Installation |  |  | ',
      '1 |  | Démolition |  |  | ',
    ]);
    const both = read(sheet('M', [HEADER, ['1', 'Béton', 'm³', 12]]), sheet('Synthèse', prices));
    expect(lines(both)).toEqual(['1 | 1 | Béton | m³ | 12 | ']);
  });

  it.each([
    ['Désignation', 'Description'],
    ['Omschrijving', 'Beschrijving'],
    ['Kurztext', 'Langtext'],
  ])('keeps the words of a second column with the line: %s, %s', (short, long) => {
    const tender = read(
      sheet('M', [
        ['N°', short, long, 'Unité', 'Quantité'],
        ['1', 'Peinture', 'Deux couches acryliques', 'm²', 120],
        ['2', null, 'Sols en grès', 'm²', 12],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ label, description }) => [label, description])).toEqual([
      ['Peinture', 'Deux couches acryliques'],
      ['Sols en grès', null],
    ]);
  });

  it('names lots by a column of their titles, and lines by that of the works', () => {
    const tender = read(
      sheet('M', [
        ['Lot', 'Désignation du lot', ...HEADER],
        ['1', 'Finitions', '1.1', 'Peinture', 'm²', 10],
        ['1', 'Finitions', '1.2', 'Plinthes', 'm', 20],
        ['2', 'Abords', '2.1', 'Tonte', 'm²', 30],
      ]),
    );
    expect(lines(tender)).toEqual([
      '1 | 1.1 | Peinture | m² | 10 | ',
      '1 | 1.2 | Plinthes | m | 20 | ',
      '2 | 2.1 | Tonte | m² | 30 | ',
    ]);
    expect(tender.lots.map(({ title }) => title)).toEqual(['Finitions', 'Abords']);
  });

  it.each(['Heures', 'Uren', 'Stunden', 'Hours'])('counts hours under a head that says so: %s', (head) => {
    const tender = read(
      sheet('M', [
        ['Ref', 'Activity', head, 'Rate', 'Cost'],
        ['1', 'Cleaning', 120, 25, 3000],
      ]),
    );
    expect(tender.lots[0]!.lines[0]).toMatchObject({
      label: 'Cleaning',
      quantity: '120',
      unitNorm: 'h',
      total: { amount: '3000' },
    });
  });

  it.each(['Heures d’ouverture', 'Cost per hour', 'Cost centre'])(
    'takes another head for neither hours nor a sum: %s',
    (head) => {
      const tender = read(
        sheet('M', [
          [...HEADER, head],
          ['1', 'Nettoyage', 'm²', 120, 8],
        ]),
      );
      expect(tender.lots[0]!.lines[0]).toMatchObject({ quantity: '120', total: null });
      expect(tender.layout[0]!.columns).not.toHaveProperty('otherQuantity');
    },
  );

  it.each([
    ['Bâtiment A | Bâtiment B | PU', '100 | 50,5 | 10', '150.5', ['bill.quantities.added']],
    ['RDC | R+1 | R+2 | PU', '10 |  | 5 | 10', '15', ['bill.quantities.added']],
    ['Haus 1 | Haus 2 | EP', '10 | 5 | 10', '15', ['bill.quantities.added']],
    ['Hoeveelheid blok A | Hoeveelheid blok B | EP', '10 | 5 | 10', '15', ['bill.quantities.added']],
    ['Phase 1 | Phase 2 | Total | Rate', '10 | 5 | 15 | 10', '15', []],
    ['Bât. A | Bât. B | Total', '10 | 5 | 15', '15', []],
    ['RDC | Niveau 1 | 2ème étage | PU', '10 | 5 | 2 | 10', '17', ['bill.quantities.added']],
    ['1ste verdieping | 2de verdieping | EP', '10 | 5 | 10', '15', ['bill.quantities.added']],
    ['1st floor | Fourth floor | Rate', '10 | 5 | 10', '15', ['bill.quantities.added']],
    ['Vaste schijf | Voorwaardelijke schijf 1 | EP', '10 | 5 | 10', '10', ['bill.quantities.optional']],
    ['Haus A EP | Haus A GP | Haus B EP | Haus B GP', '10 | 100 | 20 | 200', null, ['bill.quantities.none']],
    ['Quantité RDC | Quantité R+1 | Quantité totale | PU', '10 | 5 | 15 | 10', '15', []],
    [
      'Qté tranche ferme | Qté tranche conditionnelle 1 | Qté tranche conditionnelle 2 | PU',
      '10 | 5 | 6 | 10',
      '10',
      ['bill.quantities.optional'],
    ],
  ])('adds up what each part of a work holds: %s', (heads, row, quantity, told) => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', ...heads.split(' | ')],
        ['1', 'Peinture', 'm²', ...row.split(' | ')],
      ]),
    );
    expect(tender.lots[0]!.lines[0]).toMatchObject({ quantity, zone: null, total: null });
    expect(codes(tender).filter((code) => code.startsWith('bill.quantit'))).toEqual(told);
  });

  it('takes what is paid for each phase for no quantity', () => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'U', 'Phase 1', 'Phase 2', 'Montant HT'],
        ['1', 'Installation', 'ff', 1000, 500, 1500],
        ['2', 'Peinture', 'm²', null, 250.5, 250.5],
      ]),
    );
    const [first, second] = tender.lots[0]!.lines;
    expect([first!.quantity, second!.quantity]).toEqual([null, null]);
    expect([first!.total?.amount, second!.total?.amount]).toEqual(['1500', '250.5']);
    expect(codes(tender)).not.toContain('bill.quantities.added');
  });

  it('reads the parts below a head of their own, on every page again', () => {
    const header = [
      [null, null, null, 'Quantités'],
      ['Art.', 'Désignation', 'U', 'RDC', 'R+1', 'Total', 'PU'],
    ];
    const tender = read(
      sheet('M', [
        ...header,
        ['1.1', 'Cloison', 'm²', 10, 20, 30, null],
        ...header,
        ['1.2', 'Doublage', 'm²', 5, null, 5, null],
      ]),
    );
    expect(lines(tender)).toEqual(['1 | 1.1 | Cloison | m² | 30 | ', '1 | 1.2 | Doublage | m² | 5 | ']);
    expect(tender.lots[0]!.value).toBeNull();
    expect(tender.lots[0]!.lines.map(({ section }) => section)).toEqual([[], []]);
  });

  it('adds the parts up where a person told the other columns, and not where that person told the quantity', () => {
    const grids = [
      sheet('M', [
        ['N°', 'Désignation', 'U', 'Bât. A', 'Bât. B', 'Réserve'],
        ['1', 'Peinture', 'm²', 100, 50, 160],
      ]),
    ];
    const bill = { format: 'xlsx', formatVersion: null, propertyTitle: null, grids } as const;
    const [table] = readBill(bill).layout;
    expect(table).toMatchObject({ columns: { ref: 'A', label: 'B', unit: 'C' }, parts: ['D', 'E'] });
    const toldWith = (told: ColumnLayout['columns']): (string | null | undefined)[] => {
      const { lots, layout } = readBill(bill, [{ fingerprint: table!.fingerprint!, columns: told }]);
      expect(layout[0]!.remembered).toBe(true);
      return lots[0]!.lines.map(({ quantity }) => quantity);
    };
    expect(toldWith({ ref: 0, label: 1, unit: 2 })).toEqual(['150']);
    expect(toldWith({ ref: 0, label: 1, unit: 2, quantity: 5 })).toEqual(['160']);
  });

  it('takes the most that the lots of a framework may come to', () => {
    const tender = read(
      sheet('Lots', [
        ['Lot', 'Intitulé', 'Montant minimum HT', 'Montant maximum HT'],
        ['1', 'Nettoyage des locaux', 20000, 90000],
        ['2', 'Espaces verts', 10000, 50000],
      ]),
    );
    expect(tender.lots.map(({ ref, title, value }) => [ref, title, value?.amount])).toEqual([
      ['1', 'Nettoyage des locaux', '90000'],
      ['2', 'Espaces verts', '50000'],
    ]);
  });

  it('takes a line that stands on two rows for one', () => {
    const rows: Rows = [HEADER, ['1', 'Fourniture et pose de', 'm²', null], [null, 'carrelage', null, 45]];
    expect(lines(read(sheet('M', rows)))).toEqual(['1 | 1 | Fourniture et pose de carrelage | m² | 45 | ']);
  });

  it('keeps a chapter with a letter open above plain numbers', () => {
    const tender = read(
      sheet('M', [
        HEADER,
        ['A', 'Gros œuvre', null, null],
        ['1', 'Béton', null, null],
        [null, 'C25/30', 'm³', 10],
        ['2', 'Acier', 'kg', 500],
        ['B', 'Finitions', null, null],
        ['1', 'Peinture', 'm²', 20],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ label, section }) => [label, section])).toEqual([
      ['C25/30', ['Gros œuvre', 'Béton']],
      ['Acier', ['Gros œuvre']],
      ['Peinture', ['Finitions']],
    ]);
  });

  it('closes an article of parts where the next number follows', () => {
    const tender = read(
      sheet('M', [
        HEADER,
        ['1', 'Châssis', null, null],
        [null, '120 x 120', 'pc', 4],
        [null, '80 x 60', 'pc', 6],
        ['2', 'Portes intérieures', 'pc', 10],
      ]),
    );
    expect(tender.lots[0]!.lines.map(({ label, section }) => [label, section])).toEqual([
      ['120 x 120', ['Châssis']],
      ['80 x 60', ['Châssis']],
      ['Portes intérieures', []],
    ]);
  });

  it('reads what an option costs in brackets, which is not counted', () => {
    const rows: Rows = [
      [...HEADER, 'PU', 'Total'],
      ['1', 'Béton', 'm³', 24, 10, 240],
      ['2', 'Option : teinte', 'm³', 24, 2, '(48)'],
      [null, 'Total', null, null, null, 240],
    ];
    const tender = read(sheet('M', rows));
    expect(tender.lots[0]!.lines[1]).toMatchObject({ kind: 'option', total: { amount: '48' } });
    expect(codes(tender)).toEqual(['bill.currency.assumed']);
  });

  it('takes words for words that stand where numbers do', () => {
    const rows: Rows = [
      [...HEADER, 'PU', 'Total'],
      ['1', 'Béton', 'm³', 24, 10, 240],
      ['Rabais 5 %', null, null, null, null, -12],
    ];
    const [, discount] = read(sheet('M', rows)).lots[0]!.lines;
    expect(discount).toMatchObject({ ref: '', label: 'Rabais 5 %', total: { amount: '-12' } });
  });

  it('counts nothing for what the column of units says is paid elsewhere', () => {
    const tender = read(sheet('M', [HEADER, ['1', 'Nettoyage', 'compris', null], ['2', 'Béton', 'm³', 12]]));
    expect([tender.lots[0]!.lines[0]!.nature, codes(tender)]).toEqual(['PM', []]);
  });
});

describe('a list of lots', () => {
  it.each<[string, Rows]>([
    [
      'numbered',
      [
        ['Lot', 'Intitulé', 'Montant estimé'],
        ['1', 'Gros-œuvre', '150.000,00 €'],
        ['2', 'Peinture', 12000],
        [null, 'Total', 162000],
      ],
    ],
    [
      'named',
      [
        ['Perceel 1 - Gros-œuvre', 150000],
        ['Perceel 2: Peinture', '12 000'],
      ],
    ],
    [
      'timed',
      [
        ['Lot', 'Intitulé', 'Durée (mois)', 'Montant'],
        ['1', 'Gros-œuvre', 12, 150000],
        ['2', 'Peinture', 6, 12000],
      ],
    ],
    [
      'beside',
      [
        ['Los', 'Bezeichnung', 'Auftragswert'],
        ['Los 1', 'Gros-œuvre', 150000],
        ['Los 2', 'Peinture', 12000],
      ],
    ],
  ])('with an amount each is read as lots without lines: %s', (_, rows) => {
    const { lots } = read(sheet('M', rows));
    expect(
      lots.map(({ ref, title, value, lines: own }) => [ref, title, Number(value?.amount), own.length]),
    ).toEqual([
      ['1', 'Gros-œuvre', 150000, 0],
      ['2', 'Peinture', 12000, 0],
    ]);
  });

  it('is none where a lot is listed twice, two amounts, or a number that is no money', () => {
    for (const rows of [
      [
        ['Lot 1', 150000],
        ['Lot 1', 12000],
      ],
      [
        ['Lot 1', 130000, 150000],
        ['Lot 2', 10000, 12000],
      ],
      [
        ['Lot 1', '12 mois'],
        ['Lot 2', '6 mois'],
      ],
      [
        ['Lot 1', 60],
        ['Lot 2', 40],
      ],
    ])
      expect(() => read(sheet('M', rows))).toThrow('bill.table.none');
  });

  it('is a summary beside lines', () => {
    const tender = read(
      sheet('Synthèse', [
        ['Lot 1 - Gros-œuvre', 100],
        ['Lot 2 - Peinture', 50],
      ]),
      sheet('Lot 1', [HEADER, ['1', 'Béton', 'm³', 12]]),
    );
    expect(lines(tender)).toEqual(['1 | 1 | Béton | m³ | 12 | ']);
  });
});
