import fc from 'fast-check';
import { LANGUAGES } from '../../kernel/index.js';
import { CHANNELS, TEMPLATES, type Recipient, type ToldEvent } from './notification.js';
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
});
const recipients = fc.array(recipient, { maxLength: 30 });
const none: ReadonlySet<string> = new Set();
const keysOf = (rows: ReturnType<typeof planNotifications>): string[] =>
  rows.map((row) => notificationKey(row.eventId, row.recipientId, row.channel));

describe('planning notifications', () => {
  it('a second time, with the first plan recorded, plans none', () => {
    fc.assert(
      fc.property(event, recipients, fc.boolean(), (told: ToldEvent, people, restored) => {
        const first = planNotifications(told, people, none, restored);
        expect(planNotifications(told, people, new Set(keysOf(first)), restored)).toEqual([]);
      }),
    );
  });

  it('after any part of the plan was recorded, plans the rest and nothing else', () => {
    fc.assert(
      fc.property(event, recipients, fc.array(fc.boolean(), { maxLength: 60 }), (told, people, kept) => {
        const whole = keysOf(planNotifications(told, people, none, false));
        const recorded = new Set(whole.filter((_, i) => kept[i] === true));
        const rest = keysOf(planNotifications(told, people, recorded, false));
        expect([...recorded, ...rest].toSorted()).toEqual(whole.toSorted());
      }),
    );
  });

  it('tells every person once by every channel, however often the person is named', () => {
    fc.assert(
      fc.property(event, recipients, (told, people) => {
        const keys = keysOf(planNotifications(told, people, none, false));
        const expected = new Set(
          people.flatMap((p) => CHANNELS.map((c) => notificationKey(told.id, p.personId, c))),
        );
        expect(new Set(keys)).toEqual(expected);
        expect(keys).toHaveLength(expected.size);
      }),
    );
  });

  it('never drops news because mail is not wanted: the application still tells it', () => {
    fc.assert(
      fc.property(event, recipients, (told, people) => {
        const rows = planNotifications(told, people, none, false);
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
        const states = planNotifications(told, people, none, true).map((row) => row.state);
        expect(states).not.toContain('pending');
      }),
    );
  });
});
