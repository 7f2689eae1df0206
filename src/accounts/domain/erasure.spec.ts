import fc from 'fast-check';
import { daysAfter, ERASURE_AFTER_DAYS, leavesNoManager, type Standing } from './index.js';

const people = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    organisationRole: fc.constantFrom<Standing['organisationRole']>('manager', 'member'),
  }),
  { selector: ({ id }) => id, minLength: 1 },
);

describe('who may leave', () => {
  it('is everybody but the only manager of others', () => {
    fc.assert(
      fc.property(people, (all) => {
        for (const { id } of all) {
          const left = all.filter((person) => person.id !== id);
          const had = all.some(({ organisationRole }) => organisationRole === 'manager');
          const has = left.some(({ organisationRole }) => organisationRole === 'manager');
          expect(leavesNoManager(all, id)).toBe(left.length > 0 && had && !has);
        }
      }),
    );
  });

  it('has a week to think again', () => {
    const at = new Date('2026-11-24T09:00:00Z');
    expect(daysAfter(at, ERASURE_AFTER_DAYS).toISOString()).toBe('2026-12-01T09:00:00.000Z');
  });
});
