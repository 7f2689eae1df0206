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
  ])('reads %s %s in Brussels time', (day, time, expected) => {
    const form = read(day, time);
    expect('deadline' in form ? form.deadline.toISOString() : null).toBe(expected);
  });
});
