import fc from 'fast-check';
import { documentOf, isRefused, parseTender } from '../../tenders/index.js';
import { descriptionEntries, readDescription, rowsOf, withoutRow, type Entries } from './description-form.js';

const enough: Entries = {
  title: 'Toiture du hall 4',
  nature: 'works',
  postalCode: '4100',
  'label-1': 'Couverture en tuiles',
};
const fieldsWrong = (change: Entries): string[] => {
  const read = readDescription({ ...enough, ...change }, 'fr');
  return 'problems' in read ? read.problems.map(({ field, key }) => `${field} ${key.split('.')[2]}`) : [];
};

describe('a tender described in a form', () => {
  it('reads days, amounts and quantities as people write them, and leaves empty rows out', () => {
    const entries = {
      ...enough,
      startsOn: '1/3/2027',
      endsOn: '2027-06-30',
      deadlineDay: '28.03.2027',
      deadlineTime: '2h30',
      'quantity-1': '1 250,5',
      'unit-1': 'm²',
      'value-1': '24.500,00',
      'label-2': ' ',
      'label-3': 'Zinguerie',
      'heading-3': 'Lot 2',
    };
    expect(readDescription(entries, 'fr')).toEqual({
      description: {
        title: 'Toiture du hall 4',
        buyer: null,
        nature: 'works',
        postalCode: '4100',
        municipality: null,
        startsOn: '2027-03-01',
        endsOn: '2027-06-30',
        // An hour that the change to summer time leaves out.
        deadline: '2027-03-28T01:30:00.000Z',
        language: 'fr',
        works: [
          { label: 'Couverture en tuiles', heading: null, quantity: '1250.5', unit: 'm²', value: '24500.00' },
          { label: 'Zinguerie', heading: 'Lot 2', quantity: null, unit: null, value: null },
        ],
      },
    });
  });

  it.each<[Entries, string[]]>([
    [{ title: ' ' }, ['title title']],
    [{ nature: 'other' }, ['nature nature']],
    [{ postalCode: '' }, ['postalCode place']],
    [{ postalCode: '999' }, ['postalCode place-unknown']],
    [{ postalCode: '', municipality: 'Seraign' }, ['municipality place-unknown']],
    [{ postalCode: '', municipality: 'Saint-Nicolas' }, ['postalCode place-in-doubt']],
    [{ startsOn: '31/2/2027' }, ['startsOn day']],
    [{ startsOn: '2027-05-02', endsOn: '2027-05-01' }, ['endsOn dates']],
    [{ deadlineTime: '12:00' }, ['deadlineDay deadline-day']],
    [{ deadlineDay: '2027-05-01', deadlineTime: 'noon' }, ['deadlineTime time']],
    [{ 'label-1': '' }, ['label-1 works']],
    [{ 'quantity-2': '3', 'unit-2': 'pc' }, ['label-2 label']],
    [{ 'quantity-1': '12' }, ['unit-1 unit']],
    [{ 'quantity-1': 'beaucoup', 'unit-1': 'm' }, ['quantity-1 number-unreadable']],
    [{ 'value-1': '1.234' }, ['value-1 number-ambiguous']],
  ])('says at the field what is wrong with %j', (change, wrong) => {
    expect(fieldsWrong(change)).toEqual(wrong);
  });

  it('keeps the texts of its own fields and nothing else', () => {
    const body = {
      title: 'a',
      act: 'add',
      'label-101': 'x',
      'label-0': 'x',
      'label-2': 'b',
      unit: 'c',
      buyer: ['d'],
    };
    expect(descriptionEntries(body)).toEqual({ title: 'a', 'label-2': 'b' });
    expect(descriptionEntries({ title: 'x'.repeat(9_000) })['title']).toHaveLength(2_000);
  });

  it('moves rows up where one is removed', () => {
    const entries = {
      title: 't',
      'label-1': 'a',
      'label-2': 'b',
      'unit-2': 'm',
      'label-3': 'c',
      'value-3': '1',
    };
    expect(withoutRow(entries, 2)).toEqual({ title: 't', 'label-1': 'a', 'label-2': 'c', 'value-2': '1' });
    expect([rowsOf(entries), rowsOf({})]).toEqual([3, 1]);
  });

  it('says as a document what it says in the form, whatever is described', async () => {
    const word = fc.stringMatching(/^[\p{L}\p{N}"\\’²<{]{1,9}( [\p{L}💧]{1,9})?$/u);
    const amount = fc
      .tuple(fc.nat(9_999_999), fc.integer({ min: 10, max: 99 }))
      .map(([whole, cents]) => `${whole}.${cents}`);
    const work = fc.record({
      label: word,
      heading: fc.option(word),
      quantity: fc.option(amount),
      unit: fc.option(fc.constantFrom('m²', 'pièce', 'fft')),
      value: fc.option(amount),
    });
    const description = fc.record({
      title: word,
      buyer: fc.option(word),
      nature: fc.constantFrom('works' as const, 'services' as const, 'supplies' as const),
      postalCode: fc.option(fc.constantFrom('4100', '1000')),
      municipality: fc.option(word),
      startsOn: fc.option(fc.constantFrom('2027-03-01', '2028-02-29')),
      endsOn: fc.option(fc.constantFrom('2027-06-30', '2029-01-01')),
      deadline: fc.option(fc.constantFrom('2027-02-01', '2027-02-01T11:00:00.000Z')),
      language: fc.constantFrom('fr', 'nl', 'de', 'en'),
      works: fc.array(work, { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(description, async (told) => {
        const read = await parseTender(documentOf(told), 'description.json');
        if (isRefused(read)) throw new Error(read.refused.code);
        const { tender, lots, problems, language } = read;
        const text = (value: string | null): string | null => value && value.normalize('NFC');
        expect([problems, language, tender.title, tender.buyer?.name ?? null]).toEqual([
          [],
          told.language,
          text(told.title),
          text(told.buyer),
        ]);
        expect([tender.nature, tender.deadline, tender.place]).toMatchObject([
          told.nature,
          told.deadline,
          { postalCode: told.postalCode, municipality: text(told.municipality), country: 'BE' },
        ]);
        expect(lots).toMatchObject([
          {
            start: told.startsOn,
            end: told.endsOn,
            lines: told.works.map((one) => ({
              label: text(one.label),
              section: [text(one.heading ?? one.label)],
              quantity: one.quantity,
              unit: one.unit,
              total: one.value && { amount: one.value, currency: 'EUR' },
            })),
          },
        ]);
      }),
      { numRuns: 60 },
    );
  });
});
