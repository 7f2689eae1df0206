import fc from 'fast-check';
import { snapshotOf } from './snapshot.js';

const period = { from: '2026-01-01', until: '2027-01-01', known: null };
const SECRET = 'a secret';
const of = (told: unknown, secret = SECRET, today = '2026-11-24') =>
  snapshotOf(told, period, null, today, secret);

describe('the number of a state', () => {
  it('is the same in whatever order the database gave the rows and their columns', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.string(), count: fc.nat() })), (groups) => {
        const turned = groups.map(({ key, count }) => ({ count, key })).reverse();
        expect(of({ groups: turned, total: 1 })).toBe(of({ total: 1, groups }));
      }),
    );
  });

  it('changes with a count, a name, the question and the secret', () => {
    const told = { groups: [{ key: 'a', count: 3 }] };
    const others = [
      of({ groups: [{ key: 'a', count: 4 }] }),
      of({ groups: [{ key: 'b', count: 3 }] }),
      of({ groups: [{ key: 'a', count: 3 }, null] }),
      of(told, 'another secret'),
      of(told, SECRET, '2026-11-25'),
      snapshotOf(told, period, 'BE332', '2026-11-24', SECRET),
      snapshotOf(told, { ...period, until: '2026-12-31' }, null, '2026-11-24', SECRET),
    ];
    expect(new Set([of(told), ...others]).size).toBe(8);
  });

  it('is that of today when today is asked for as the day whose knowledge counts tomorrow', () => {
    const tomorrow = snapshotOf({}, { ...period, known: '2026-11-24' }, null, '2026-11-25', SECRET);
    expect(tomorrow).toBe(of({}));
  });
});
