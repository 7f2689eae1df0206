import { momentIn } from './stated-dates.js';

describe('a date as covers state it', () => {
  it.each([
    ['29 janvier 2027 à 10 h 00', '2027-01-29T10:00:00+01:00'],
    ['19 mars 2027 à 11 h', '2027-03-19T11:00:00+01:00'],
    ['1er juillet 2027, 14h30', '2027-07-01T14:30:00+02:00'],
    ['4 maart 2027 om 11.00 uur', '2027-03-04T11:00:00+01:00'],
    ['11. März 2027, 11:00 Uhr', '2027-03-11T11:00:00+01:00'],
    ['10 juin 2027 à 11 h 00', '2027-06-10T11:00:00+02:00'],
    ['29/01/2027 à 10:00', '2027-01-29T10:00:00+01:00'],
    ['2027-01-29T10:00', '2027-01-29T10:00:00+01:00'],
    ['le 26 février 2027', '2027-02-26'],
    ['04/04/2027', '2027-04-04'],
  ])('%s', (text, value) => {
    expect(momentIn(text, 'BE')).toEqual({ kind: 'moment', value });
  });

  it('asks when day and month could be exchanged', () => {
    expect(momentIn('au plus tard le 03/04/2027 à 10 h', 'BE')).toEqual({
      kind: 'ambiguous',
      found: '03/04/2027',
      readings: ['2027-04-03T10:00:00+02:00', '2027-03-04T10:00:00+01:00'],
    });
  });

  it.each(['', 'à convenir', '31 février 2027', '99/99/2027', '12 2027', '4100 Seraing'])(
    'finds none in «%s»',
    (text) => {
      expect(momentIn(text, 'BE')).toEqual({ kind: 'none' });
    },
  );
});
