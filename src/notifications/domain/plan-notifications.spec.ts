import fc from 'fast-check';
import { LANGUAGES } from '../../kernel/index.js';
import { CHANNELS, TEMPLATES, type Recipient, type ToldEvent } from './notification.js';
import { RHYTHMS } from './when-to-send.js';
import { notificationKey, planNotifications } from './plan-notifications.js';

const event = fc.record({ id: fc.uuid(), organisationId: fc.uuid(), tenderId: fc.uuid() });
const recipient: fc.Arbitrary<Recipient> = fc.record({
  personId: fc.integer({ min: 1, max: 12 }).map((n) => `person-${n}`),
  organisationId: fc.constantFrom('org-1', 'org-2'),
  language: fc.constantFrom(...LANGUAGES),
  template: fc.constantFrom(...TEMPLATES),
  packageIds: fc.array(fc.uuid(), { maxLength: 3 }),
  params: fc.constant({}),
  noMailBecause: fc.constantFrom(null, null, 'stopped' as const, 'address-refused' as const),
  offer: fc.option(
    fc.record({
      rhythm: fc.constantFrom(...RHYTHMS),
      deadline: fc.constantFrom(null, new Date('2026-11-25T10:00:00Z'), new Date('2027-01-31T10:00:00Z')),
      weekIsFull: fc.boolean(),
    }),
    { nil: null },
  ),
});
const now = new Date('2026-11-24T10:00:00Z');
const usual = { now, isQuarantined: false };
const recipients = fc.array(recipient, { maxLength: 30 });
const none: ReadonlySet<string> = new Set();
const keysOf = (rows: ReturnType<typeof planNotifications>): string[] =>
  rows.map((row) => notificationKey(row.eventId, row.recipientId, row.channel));

describe('planning notifications', () => {
  it('a second time, with the first plan recorded, plans none', () => {
    fc.assert(
      fc.property(event, recipients, fc.boolean(), (told: ToldEvent, people, restored) => {
        const first = planNotifications(told, people, none, { now, isQuarantined: restored });
        expect(
          planNotifications(told, people, new Set(keysOf(first)), { now, isQuarantined: restored }),
        ).toEqual([]);
      }),
    );
  });

  it('after any part of the plan was recorded, plans the rest and nothing else', () => {
    fc.assert(
      fc.property(event, recipients, fc.array(fc.boolean(), { maxLength: 60 }), (told, people, kept) => {
        const whole = keysOf(planNotifications(told, people, none, usual));
        const recorded = new Set(whole.filter((_, i) => kept[i] === true));
        const rest = keysOf(planNotifications(told, people, recorded, usual));
        expect([...recorded, ...rest].toSorted()).toEqual(whole.toSorted());
      }),
    );
  });

  it('tells every person once by every channel of what is told, however often the person is named', () => {
    fc.assert(
      fc.property(event, recipients, (told, people) => {
        const keys = keysOf(planNotifications(told, people, none, usual));
        const expected = new Set(
          people.flatMap((p) =>
            // What collects the news of others is a mail and nothing else.
            (p.template === 'board-digest' ? (['mail'] as const) : CHANNELS).map((c) =>
              notificationKey(told.id, p.personId, c),
            ),
          ),
        );
        expect(new Set(keys)).toEqual(expected);
        expect(keys).toHaveLength(expected.size);
      }),
    );
  });

  it('never drops news because mail is not wanted: the application still tells it', () => {
    fc.assert(
      fc.property(event, recipients, (told, people) => {
        const rows = planNotifications(told, people, none, usual);
        const inApp = rows.filter((row) => row.channel === 'in-app').map((row) => row.state);
        expect(new Set([...inApp, 'pending'])).toEqual(new Set(['pending']));
        const untold = rows.filter((row) => row.state === 'suppressed');
        expect(untold).toEqual(rows.filter((row) => row.reason !== null));
      }),
    );
  });

  it('lets nothing leave by itself that may have left before a restore', () => {
    fc.assert(
      fc.property(event, recipients, (told, people) => {
        const states = planNotifications(told, people, none, { now, isQuarantined: true }).map(
          (row) => row.state,
        );
        expect(states).not.toContain('pending');
        expect(states).not.toContain('held');
      }),
    );
  });

  it('tells after a restore no more than it would have told before', () => {
    fc.assert(
      fc.property(event, recipients, (told, people) => {
        const unsaid = (isQuarantined: boolean): unknown =>
          planNotifications(told, people, none, { now, isQuarantined })
            .filter(({ state }) => state === 'suppressed')
            .map(({ recipientId, channel, reason }) => ({ recipientId, channel, reason }));
        expect(unsaid(true)).toEqual(unsaid(false));
      }),
    );
  });

  it('holds back mails alone, of offers alone, and none that comes too late to wait', () => {
    fc.assert(
      fc.property(event, recipients, (told, people) => {
        const rows = planNotifications(told, people, none, usual);
        for (const row of rows.filter(({ state }) => state === 'held')) {
          const { offer } = people.find(({ personId }) => personId === row.recipientId)!;
          expect(row.channel).toBe('mail');
          expect(row.nextAttemptAt.getTime()).toBeGreaterThan(now.getTime());
          expect(offer).not.toBeNull();
          const closes = offer?.deadline?.getTime() ?? Infinity;
          expect(row.nextAttemptAt.getTime()).toBeLessThan(closes);
        }
        for (const row of rows.filter(({ state }) => state !== 'held')) expect(row.nextAttemptAt).toBe(now);
      }),
    );
  });
});
