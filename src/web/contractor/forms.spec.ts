import { readDeadlineForm } from './deadline-form.js';
import { readPackageForm } from './package-form.js';

const knows = (code: string): boolean => ['45442100', '45430000'].includes(code);

describe('the form of a package', () => {
  it('takes one ticked trade or several, and a code as people paste it', () => {
    const form = readPackageForm(
      {
        version: '3',
        placeable: 'part',
        trades: '45430000',
        trade: ' 45442100-8 ',
        offer: 'yes',
        postalCode: ' 4100 ',
      },
      knows,
    );
    expect(form).toEqual({
      review: {
        version: 3,
        decision: { trades: ['45430000', '45442100'], placeable: 'part' },
        correction: { offered: true },
        place: { postalCode: '4100', country: 'BE' },
      },
    });
  });

  it.each([
    [{}, 'placeable'],
    [{ placeable: 'yes', trade: '4544' }, 'trade'],
    [{ placeable: 'yes', offer: 'yes' }, 'trade'],
  ])('says at the field what is wrong with %j', (body, field) => {
    const form = readPackageForm(body, knows);
    expect('problems' in form && form.problems.map((problem) => problem.field)).toEqual([field]);
  });

  it('reads value and dates, and takes an emptied field for not known', () => {
    const form = readPackageForm(
      { placeable: 'yes', version: '1', value: '42 000,50', startsOn: '3/4/2027', endsOn: '' },
      knows,
    );
    expect(form).toMatchObject({
      review: { correction: { value: '42000.50', currency: 'EUR', startsOn: '2027-04-03', endsOn: null } },
    });
    expect(readPackageForm({ placeable: 'yes', value: '' }, knows)).toMatchObject({
      review: { correction: { value: null, currency: null } },
    });
  });

  it.each([
    [{ value: '1.234' }, 'package.problem.value-ambiguous'],
    [{ value: 'beaucoup' }, 'package.problem.value-unreadable'],
    [{ startsOn: '30/2/2027' }, 'package.problem.day'],
    [{ startsOn: '2027-05-01', endsOn: '2027-04-01' }, 'package.problem.dates'],
  ])('asks %j back', (body, key) => {
    const form = readPackageForm({ placeable: 'yes', ...body }, knows);
    expect('problems' in form && form.problems.map((problem) => problem.key)).toEqual([key]);
  });

  it('may be kept without a trade when it is not offered', () => {
    expect(readPackageForm({ placeable: 'no', offer: 'no', version: '1' }, knows)).toHaveProperty('review');
  });
});

describe('the form of a deadline', () => {
  const now = new Date('2026-11-24T09:00:00Z');
  const read = (deadlineDay: string, deadlineTime: string) =>
    readDeadlineForm({ deadlineDay, deadlineTime }, now, '08/12/2026');

  it.each([
    ['2026-12-15', '12:00', '2026-12-15T11:00:00.000Z'],
    ['15/12/2026', '9h30', '2026-12-15T08:30:00.000Z'],
    ['15.12.2026', '9', '2026-12-15T08:00:00.000Z'],
    ['15.12.2026', '25:00', null],
    ['30/02/2027', '12:00', null],
    ['2026-11-24', '09:00', null],
    ['2027-03-28', '12:00', '2027-03-28T10:00:00.000Z'],
    // The clocks are changed: never shown, an hour later; shown twice, the later one.
    ['2027-03-28', '02:30', '2027-03-28T01:30:00.000Z'],
    ['2027-10-31', '02:30', '2027-10-31T01:30:00.000Z'],
  ])('reads %s %s in Brussels time', (day, time, expected) => {
    const form = read(day, time);
    expect('deadline' in form ? form.deadline.toISOString() : null).toBe(expected);
  });
});
