import { createOrganisation, createPerson } from '../../../src/accounts/index.js';
import { startSession } from '../../../src/accounts/session.repository.js';
import { createApiToken, revokeApiToken } from '../../../src/accounts/api-token.repository.js';
import {
  openInvitationsOf,
  replaceInvitation,
  withdrawInvitation,
} from '../../../src/accounts/invitation.repository.js';
import type { Actor } from '../../../src/kernel/index.js';
import { rows } from '../../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const AT = new Date('2026-11-24T10:00:00Z');

/** What the database itself shows to whom, with no condition of ours in the way. */
describe('row security of accounts', () => {
  let db: TestDatabase;
  let people: readonly Actor[];
  beforeAll(async () => {
    db = await cloneDatabase();
    people = await db.database.transaction(SYSTEM, async (tx) => {
      const made: Actor[] = [];
      for (const role of ['contractor', 'enterprise'] as const) {
        const organisationId = await createOrganisation(tx, { role, name: role, language: 'fr' }, AT);
        const email = `${role}@example.org`;
        const person = { organisationId, email, name: role, language: 'fr', passwordHash: 'hash' } as const;
        const personId = await createPerson(tx, person, AT);
        await startSession(tx, { personId, organisationId, role }, '-', AT);
        await replaceInvitation(
          tx,
          { organisationId, email: `new-${email}`, name: 'N', language: 'fr', organisationRole: 'member' },
          'a secret',
          AT,
        );
        made.push({ role, organisationId, personId, requestId: 'test' });
      }
      return made;
    });
  });
  afterAll(() => db.drop());

  const counts = (actor: Actor, verb = 'SELECT') =>
    db.database.transaction(actor, async (tx) => {
      const seen: Record<string, number> = {};
      for (const table of ['person', 'credential', 'session', 'invitation', 'sign_in_try', 'identity']) {
        const sql =
          verb === 'DELETE' && table !== 'person'
            ? `DELETE FROM accounts.${table} RETURNING 1`
            : `SELECT 1 FROM accounts.${table}`;
        seen[table] = (await rows(tx, sql)).length;
      }
      return seen;
    });
  const stranger: Actor = { role: 'anonymous', organisationId: null, personId: null, requestId: 'test' };

  it('shows each their own, and no secret', async () => {
    const own = { person: 1, credential: 0, session: 1, invitation: 1, sign_in_try: 0, identity: 0 };
    expect(await counts(people[0]!)).toEqual(own);
    expect(await counts(people[1]!)).toEqual(own);
  });

  it('is not leant upon: what is ended is asked whose it is, too', async () => {
    const [mine, other] = people.map(({ organisationId, personId }) => ({
      organisation: organisationId!,
      person: personId!,
    }));
    const ended = await db.database.transaction(SYSTEM, async (tx) => {
      const token = {
        personId: mine!.person,
        organisationId: mine!.organisation,
        name: 'T',
        scopes: ['tenders:read'],
        expiresAt: new Date(AT.getTime() + 86_400_000),
      } as const;
      const { id } = await createApiToken(tx, token, AT);
      const [sent] = await openInvitationsOf(tx, mine!.organisation, AT);
      return [
        await revokeApiToken(tx, other!.person, id, AT),
        await revokeApiToken(tx, mine!.person, id, AT),
        await withdrawInvitation(tx, other!.organisation, sent!.id),
        await openInvitationsOf(tx, mine!.organisation, AT),
      ];
    });
    expect(ended).toEqual([false, true, false, [expect.objectContaining({ name: 'N' })]]);
  });

  it('shows a visitor nothing', async () => {
    const none = { person: 0, credential: 0, session: 0, invitation: 0, sign_in_try: 0, identity: 0 };
    expect(await counts(stranger)).toEqual(none);
    expect(await counts(stranger, 'DELETE')).toEqual(none);
  });

  const attempt = (sql: string) =>
    db.database
      .transaction(people[0]!, (tx) => rows(tx, sql, [people[0]!.organisationId, people[0]!.personId]))
      .then(
        () => 'done',
        (error: { driverError: { code: string } }) => error.driverError.code,
      );
  const id = `'018f0000-0000-7000-8000-000000000009'`;

  it('lets nobody make a session or a password, nor an organisation', async () => {
    expect(
      await Promise.all([
        attempt(
          `INSERT INTO accounts.session VALUES (${id}, $1, $2, 'x', '-', now(), now(), now(), now() + interval '1 day')`,
        ),
        attempt(`INSERT INTO accounts.credential VALUES (${id}, $1, $2, 'password', 'x', now(), NULL)`),
        attempt(
          `INSERT INTO accounts.organisation SELECT ${id}, 'administrator', 'x', NULL, 'fr', NULL, now() WHERE $1 <> $2`,
        ),
      ]),
    ).toEqual(['42501', '42501', '42501']);
  });

  it('holds for every table of accounts and platform that rows of people are in', async () => {
    const open = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ name: string }>(
        tx,
        `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('accounts', 'platform') AND c.relkind = 'r'
           AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organisation_id')
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity
             AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))`,
      ),
    );
    expect(open).toEqual([]);
  });
});
