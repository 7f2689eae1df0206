import fc from 'fast-check';
import { strToU8 } from 'fflate';
import {
  ambiguitiesOf,
  answerAmbiguity,
  blankLine,
  blankLot,
  blankTender,
  isAsked,
  isRefused,
  type Lot,
  type ParsedTender,
} from '../domain/index.js';
import { parseTender } from './index.js';
import { keyLines } from './key-lines.js';
import { read as readSheets, sheet } from '../../../test/factories/bill-sheet.factory.js';

async function read(value: unknown): Promise<ParsedTender> {
  const result = await parseTender(strToU8(JSON.stringify(value)), 'tender.json');
  if (isRefused(result)) throw new Error(result.refused.code);
  return result;
}

const word = fc.stringMatching(/^[A-Za-zéèàœ'²³()]{1,12}( [A-Za-zéà]{1,8}){0,3}$/);
const decimal = fc
  .tuple(fc.nat(9_999_999), fc.nat(99))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
const money = fc.option(decimal.map((amount) => ({ amount, currency: 'EUR' })));
const cpv = fc.uniqueArray(fc.constantFrom('45442100', '45262690', '77310000', '90911200'), { maxLength: 3 });

const line = fc
  .record({
    ref: fc.stringMatching(/^\d\d\.\d\d\.\d[a-z]$/),
    label: word,
    unit: fc.option(fc.constantFrom('m2', 'pc', 'fft')),
    quantity: fc.option(decimal),
    nature: fc.option(fc.constantFrom('QP', 'QF', 'PM', 'SR', 'FFT')),
    unitPrice: money,
    total: money,
    section: fc.array(word, { maxLength: 2 }),
    cpv,
    row: fc.nat(9_999),
  })
  .map(({ row, ...stated }) =>
    blankLine({
      ...stated,
      unitNorm: stated.unit === 'fft' ? 'ls' : stated.unit,
      place: { sheet: 'Lot 1', row },
    }),
  );

const lot = fc
  .record({
    title: fc.option(word),
    description: fc.option(word),
    nature: fc.option(fc.constantFrom('works', 'services', 'supplies')),
    cpv,
    value: money,
    durationDays: fc.option(fc.nat(2_000)),
    lines: fc.array(line, { maxLength: 6 }),
  })
  .map((stated) => stated as Partial<Lot>);

const tender = fc
  .record({ title: word, cpv, value: money, lots: fc.array(lot, { minLength: 1, maxLength: 4 }) })
  .map(({ lots, ...stated }): ParsedTender => {
    const numbered = lots.map((one, index) =>
      blankLot({ ref: `LOT-${index}`, at: { pointer: `/lots/${index}` }, ...one }),
    );
    return {
      format: 'json',
      formatVersion: '1',
      language: 'fr',
      tender: blankTender(stated),
      lots: keyLines(numbered, []),
      notice: null,
      sources: {
        title: { sheet: 'Garde', row: 2, column: 'B' },
        ...(stated.cpv.length > 0 ? { cpv: { pointer: '/tender/cpv' } } : {}),
        ...(stated.value ? { value: { page: 1 } } : {}),
      },
      layout: [],
      problems: [],
    };
  });

const row = fc.oneof(
  fc.tuple(fc.stringMatching(/^[1-9]{2}$/), word),
  fc.tuple(fc.constant('Lot'), fc.stringMatching(/^[1-9] : [A-Z][a-zé]{3,8}$/)),
  fc.tuple(
    fc.stringMatching(/^(\d\d\.\d\d|\.\d[a-z]|)$/),
    word,
    fc.constantFrom('m2', 'pc', 'fft', 'm³'),
    fc.option(fc.nat(9_999)),
    fc.constantFrom('QP', 'QF', null),
    fc.constantFrom('O', 'N', null),
    fc.option(fc.nat(99)),
  ),
);
/** With a title, a place and a catalogue above the header, and titles between the lines. */
const bill = fc
  .array(row, { maxLength: 12 })
  .map((rows) => [
    ['Objet', 'Rénovation de la salle'],
    ['Lieu', '4102 Ougrée'],
    ['Articles', 'Numérotation CCTB 01.11'],
    ['N°', 'Désignation', 'U', 'Quantité', 'Nature', 'Option (O/N)', 'PU €'],
    ['01', 'Travaux préparatoires'],
    ['01.11', 'Dépose de châssis', 'pc', 3, 'QP', 'N', 12],
    ...rows,
  ]);

describe('our own JSON', () => {
  it('reads what was written, to the same tender', async () => {
    await fc.assert(
      fc.asyncProperty(tender, async (written) => {
        const { problems, ...back } = await read(written);
        const { problems: _none, ...before } = written;
        expect(back).toEqual(before);
        expect(problems.filter((problem) => problem.code !== 'bill.ref.repeated')).toEqual([]);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('reads a bill again as it was read from its workbook', async () => {
    await fc.assert(
      fc.asyncProperty(bill, async (rows) => {
        const {
          format: _xlsx,
          formatVersion: _none,
          problems: _told,
          ...before
        } = readSheets(sheet('Métré', rows));
        const again = await read({ ...before, format: 'xlsx' });
        const { format: _json, formatVersion: _one, problems, ...back } = again;
        expect(back).toEqual(before);
        expect(back.numbering).toEqual({ system: 'CCTB', edition: '01.11' });
        expect(problems.filter((problem) => problem.code !== 'bill.ref.repeated')).toEqual([]);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('asks again what was asked of the document, and takes no other word for a question', async () => {
    const before = readSheets(
      sheet('M', [
        ['Remise des offres', '03/04/2027 à 11h00'],
        ['N°', 'Désignation', 'Unité', 'Quantité', 'P.U. (€)', 'Total'],
        ['1', 'Tuyaux', 'm', '1,234', 2, null],
        ['2', 'Remise', 'FF', 1, '(50)', '(50)'],
      ]),
    );
    const again = await read(before);
    expect(ambiguitiesOf(before).map(({ what }) => what)).toEqual([
      'deadline',
      'quantity',
      'unitPrice',
      'total',
    ]);
    expect(again.problems).toEqual(before.problems.filter(isAsked));
    const answered = answerAmbiguity(again, ambiguitiesOf(again)[1]!.question, 0)!;
    expect((await read(answered)).problems).toEqual(answered.problems.filter(isAsked));

    const [deadline, quantity] = before.problems.filter(isAsked);
    const forged = [
      { ...quantity, expected: '1234' },
      { ...quantity, expected: '1234 | <b>' },
      { ...quantity, params: { ...quantity!.params, line: '9' } },
      { ...quantity, code: 'bill.anything.ambiguous' },
      { ...deadline, expected: '1 | 2' },
      'bill.quantity.ambiguous',
    ];
    const { problems } = await read({ ...before, problems: forged });
    expect(problems.map(({ code }) => code)).toEqual(['json.field.unreadable']);
  });

  it('needs no more than a title, and lines with words', async () => {
    const parsed = await read({
      tender: { title: 'Cure' },
      lots: [{ lines: [{ label: 'Peinture', quantity: 12.5, unit: 'm2' }] }],
    });
    expect(parsed.lots).toMatchObject([
      { ref: '1', lines: [{ label: 'Peinture', quantity: '12.5', place: { pointer: '/lots/0/lines/0' } }] },
    ]);
    expect(parsed.problems).toEqual([]);
  });

  it('tells each field of the wrong shape with its pointer, and reads the rest', async () => {
    const parsed = await read({
      tender: { title: 'Cure', deadline: 'demain', colour: 'red' },
      lots: [
        { ref: 'A', cpv: ['45442100-8', 'peinture'], lines: [{ label: 'x', quantity: '12,5' }] },
        { value: 12 },
      ],
    });
    expect(parsed.problems).toMatchObject([
      { code: 'json.field.unreadable', place: { pointer: '/tender/deadline' }, found: '"demain"' },
      {
        code: 'json.name.unknown',
        place: { pointer: '/tender/colour' },
        found: 'colour',
        severity: 'warning',
      },
      { code: 'json.field.unreadable', place: { pointer: '/lots/0/cpv/1' } },
      { code: 'json.field.unreadable', place: { pointer: '/lots/0/lines/0/quantity' }, found: '"12,5"' },
      { code: 'json.field.unreadable', place: { pointer: '/lots/1/value' }, found: '12' },
    ]);
    expect(parsed.lots[0]).toMatchObject({ cpv: ['45442100'], lines: [{ quantity: null }] });
  });

  it('does not let a name reach a prototype', async () => {
    const parsed = await parseTender(
      strToU8('{"tender":{"title":"x","__proto__":{"description":"y"}},"lots":[]}'),
      'a.json',
    );
    expect(parsed).toMatchObject({ tender: { description: null } });
  });
});
