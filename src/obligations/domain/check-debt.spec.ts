import { checkDebt } from './check-debt.js';

const TERMS = {
  noticeDate: '2025-03-03',
  clause: 'flex',
  hours: '400',
  source: 'specification',
  document: 'CSC',
};
const codesOf = (given: Record<string, unknown>): string[] => {
  const read = checkDebt({ ...TERMS, ...given }, '2026-11-24');
  return Array.isArray(read) ? read.map(({ code }) => code.replace('obligation.', '')) : [];
};

describe('what is due', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['hours alone', {}, []],
    ['a share alone', { hours: '', share: '0.05', offer: '1000' }, []],
    ['a notice of today', { noticeDate: '2026-11-24' }, []],
    ['a notice of tomorrow', { noticeDate: '2026-11-25' }, ['day.future']],
    ['a day that does not exist', { noticeDate: '2026-02-30' }, ['day.unreadable']],
    ['nothing', { hours: '' }, ['effort.missing']],
    ['a share of nothing', { share: '0.05' }, ['missing.offer']],
    ['an offer without a share', { offer: '1000' }, ['missing.share']],
    ['no hours', { hours: '0' }, ['quantity.unreadable']],
    ['hours to the thousandth', { hours: '1.005' }, ['quantity.unreadable']],
    ['all of the offer', { share: '1', offer: '1000' }, []],
    ['more than the offer', { share: '1.000001', offer: '1000' }, ['share.unreadable']],
    ['hours of a share', { clause: 'subcontracting' }, ['hours.not-of-clause']],
    ['a share of hours', { clause: 'training', share: '0.1', offer: '10' }, ['share.not-of-clause']],
    ['an unknown clause', { clause: 'none' }, ['missing.clause']],
    ['a number where a text belongs', { document: 12 }, ['missing.document']],
  ])('%s', (_, given, codes) => {
    expect(codesOf(given)).toEqual(codes);
  });
});
