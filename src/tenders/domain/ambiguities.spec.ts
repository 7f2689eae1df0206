import { read, sheet, type Rows } from '../../../test/factories/bill-sheet.factory.js';
import { ambiguitiesOf, answerAmbiguity, withFormerAnswers } from './ambiguities.js';

const HEADER = ['N°', 'Désignation', 'Unité', 'Quantité', 'P.U. (€)'];

const tender = read(
  sheet('Garde', [
    ['Objet', 'Rénovation de la salle'],
    ['Remise des offres', '03/04/2027 à 11h00'],
  ]),
  sheet('M', [
    HEADER,
    ['1', 'Tuyaux', 'm', '1,234', '2,50'],
    ['2', 'Câbles', 'm', '-2,500', '2,50'],
    ['3', 'Portes', 'pc', '4', '1,250'],
    ['4', 'Déblais', 'm3', '3.000', '9,00'],
  ]),
);

const asked = (what: string): string => ambiguitiesOf(tender).find((one) => one.what === what)!.question;
const quantities = (of: typeof tender): (string | null)[] =>
  of.lots[0]!.lines.map(({ quantity }) => quantity);

describe('what a document says in two ways', () => {
  it('is asked once for each column and mark, with both readings', () => {
    expect(ambiguitiesOf(tender).map(({ what, readings, count }) => [what, readings, count])).toEqual([
      ['deadline', ['2027-04-03T11:00:00+02:00', '2027-03-04T11:00:00+01:00'], 1],
      ['quantity', ['1234', '1.234'], 2],
      ['quantity', ['3000', '3.000'], 1],
    ]);
    expect(quantities(tender)).toEqual([null, null, '4', null]);
  });

  it('is as somebody says, in the whole column', () => {
    const meant = answerAmbiguity(tender, asked('quantity'), 1)!;
    expect(quantities(meant)).toEqual(['1.234', '-2.500', '4', null]);
    expect(ambiguitiesOf(meant).map(({ what }) => what)).toEqual(['deadline', 'quantity']);
  });

  it('gives the deadline that is meant', () => {
    const meant = answerAmbiguity(tender, asked('deadline'), 1)!;
    expect(meant.tender.deadline).toBe('2027-03-04T11:00:00+01:00');
    expect(ambiguitiesOf(meant)).toHaveLength(2);
  });

  it('is checked against the prices and sums of the document once it is known', () => {
    const priced = read(
      sheet('M', [
        [...HEADER, 'Total'],
        ['1', 'Tuyaux', 'm', '1,234', '2,00', '2400,00'],
        ['2', 'Câbles', 'm', '10', '2,00', '20,00'],
        [null, 'Total', null, null, null, '2.500'],
      ]),
    );
    const numbers = ambiguitiesOf(priced);
    expect(numbers.map(({ what, readings }) => [what, readings])).toEqual([['quantity', ['1234', '1.234']]]);
    const checks = (of: typeof priced): unknown[] =>
      of.problems.map(({ code, found, expected }) => [code, found, expected]);
    expect(checks(answerAmbiguity(priced, numbers[0]!.question, 0)!)).toEqual([
      ['bill.total.differs', '2400.00', '2468.00'],
    ]);
    expect(checks(answerAmbiguity(priced, numbers[0]!.question, 1)!)).toEqual([
      ['bill.total.differs', '2400.00', '2.47'],
    ]);
  });

  it.each([
    ['a quantity', ['1,250', '3,20', '4000,00'], ['1250', '3.20', '4000.00']],
    ['a quantity', ['1,250', '3,20', '4,00'], ['1.250', '3.20', '4.00']],
    ['a price', ['2', '1.250', '2500,00'], ['2', '1250', '2500.00']],
    ['an amount', ['2', '625,00', '1.250'], ['2', '625.00', '1250']],
  ])('is not asked where the amounts of the document prove it: %s %j', (_, cells, numbers) => {
    const proven = read(
      sheet('M', [
        [...HEADER, 'Total'],
        ['1', 'Tuyaux', 'm', ...cells],
        ['2', 'Câbles', 'm', '1', '1', '1'],
      ]),
    );
    const [line] = proven.lots[0]!.lines;
    expect([line!.quantity, line!.unitPrice?.amount, line!.total?.amount]).toEqual(numbers);
    expect(proven.problems).toEqual([]);
  });

  it('is not asked where the sum that is printed proves it, nor what that proves in turn', () => {
    const rows = (sum: number | null): Rows => [
      [...HEADER, 'Total'],
      ['1', 'Peinture', 'm²', 100, '10,00', '1000,00'],
      ['2', 'Remise', 'FF', 1, '(50,00)', '(50,00)'],
      ['3', 'Moins-value', 'm²', '(20)', '5,00', '(100,00)'],
      [null, 'Total HTVA', null, null, null, sum],
    ];
    const numbersOf = (of: ReturnType<typeof read>): unknown[] =>
      of.lots[0]!.lines.map(({ quantity, unitPrice, total }) => [quantity, unitPrice?.amount, total?.amount]);
    expect(numbersOf(read(sheet('M', rows(850))))).toEqual([
      ['100', '10.00', '1000.00'],
      ['1', '-50.00', '-50.00'],
      ['-20', '5.00', '-100.00'],
    ]);
    expect(ambiguitiesOf(read(sheet('M', rows(null)))).map(({ what, readings }) => [what, readings])).toEqual(
      [
        ['unitPrice', ['50.00', '-50.00']],
        ['total', ['50.00', '-50.00']],
        ['quantity', ['20', '-20']],
      ],
    );
  });

  it('is asked where one line proves the one and another the other', () => {
    const both = read(
      sheet('M', [
        [...HEADER, 'Total'],
        ['1', 'Tuyaux', 'm', '1,250', '2', '2500'],
        ['2', 'Câbles', 'm', '1,500', '2', '3'],
      ]),
    );
    expect(ambiguitiesOf(both).map(({ what, count }) => [what, count])).toEqual([['quantity', 2]]);
  });

  it('is added up where it is an amount, and no sum is called wrong before', () => {
    const amounts = read(
      sheet('M', [
        [...HEADER, 'Total'],
        ['1', 'Tuyaux', 'm', 1, null, '1,234'],
        ['2', 'Câbles', 'm', 10, null, '20'],
        [null, 'Total', null, null, null, 1260],
      ]),
    );
    const [asking] = ambiguitiesOf(amounts);
    const sums = (of: typeof amounts): unknown[] =>
      of.problems
        .filter(({ code }) => code === 'bill.sum.differs')
        .map(({ found, expected, place }) => [found, expected, place]);
    expect([asking!.what, sums(amounts)]).toEqual(['total', []]);
    expect(sums(answerAmbiguity(amounts, asking!.question, 0)!)).toEqual([
      ['1260', '1254.00', { sheet: 'M', row: 4, column: 'B' }],
    ]);
    expect(sums(answerAmbiguity(amounts, asking!.question, 1)!)).toEqual([
      ['1260', '21.23', { sheet: 'M', row: 4, column: 'B' }],
    ]);
  });

  it('takes the same answer once, whatever is asked besides', () => {
    const [deadline] = ambiguitiesOf(tender);
    const once = answerAmbiguity(tender, deadline!.question, 0)!;
    expect(answerAmbiguity(once, deadline!.question, 0)).toBeNull();
  });

  it('stays answered where the document is read again, and what was not answered is asked', () => {
    const answered = answerAmbiguity(answerAmbiguity(tender, asked('quantity'), 1)!, asked('deadline'), 1)!;
    const [lot] = answered.lots;
    const kept = lot!.lines.map((line) => ({
      ...line,
      place: Object.fromEntries(Object.entries(line.place).toReversed()) as unknown as typeof line.place,
    }));
    const again = withFormerAnswers({ ...answered, lots: [{ ...lot!, lines: kept }] }, tender);
    expect([quantities(again), again.tender.deadline]).toEqual([
      ['1.234', '-2.500', '4', null],
      '2027-03-04T11:00:00+01:00',
    ]);
    expect(ambiguitiesOf(again)).toEqual(ambiguitiesOf(answered));
    expect(withFormerAnswers(tender, tender)).toEqual(tender);
  });

  it('is asked anew where the number stood in another column', () => {
    const inColumn = (...heads: readonly string[]): typeof tender =>
      read(
        sheet('M', [
          ['N°', 'Désignation', 'Unité', ...heads],
          ['1', 'Tuyaux', 'm', '1234', '1,234'],
        ]),
      );
    const [former, again] = [inColumn('Quantité', 'Remarque'), inColumn('Remarque', 'Quantité')];
    expect([quantities(former), quantities(again)]).toEqual([['1234'], [null]]);
    expect(withFormerAnswers(former, again)).toEqual(again);
  });

  it.each([
    ['another question', 'quantity M!Z ,', 0],
    ['a third reading', asked('quantity'), 2],
    ['no number', asked('quantity'), Number.NaN],
  ])('takes no answer to %s', (_, question, reading) => {
    expect(answerAmbiguity(tender, question, reading)).toBeNull();
  });
});
