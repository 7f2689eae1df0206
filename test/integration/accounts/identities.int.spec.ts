import { createOrganisation, createPerson } from '../../../src/accounts/index.js';
import { signInCandidate } from '../../../src/accounts/sign-in.query.js';
import { rows } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const AT = new Date('2026-11-24T10:00:00Z');
const ELSEWHERE = 'https://comptes.example.org';

describe('who signs in', () => {
  let db: TestDatabase;
  let organisationId: string;
  beforeAll(async () => {
    db = await cloneDatabase();
    organisationId = await db.database.transaction(SYSTEM, (tx) =>
      createOrganisation(tx, { role: 'contractor', name: 'Constructions Ougrée', language: 'fr' }, AT),
    );
  });
  afterAll(() => db.drop());

  const aPerson = (email: string): Promise<string> =>
    db.database.transaction(SYSTEM, (tx) =>
      createPerson(tx, { organisationId, email, name: 'Claire', language: 'fr', passwordHash: 'right' }, AT),
    );
  const outcome = (sql: string, params: readonly unknown[]): Promise<string> =>
    db.database
      .transaction(SYSTEM, (tx) => rows(tx, sql, params))
      .then(
        () => 'kept',
        (error: { driverError: { constraint: string } }) => error.driverError.constraint,
      );
  const identity = (personId: string, issuer: string, subject: string): Promise<string> =>
    outcome(
      `INSERT INTO accounts.identity (id, organisation_id, person_id, issuer, subject, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [newId(AT), organisationId, personId, issuer, subject, AT],
    );
  const credential = (personId: string, kind: string, handle: string | null, secret = 's'): Promise<string> =>
    outcome(
      `INSERT INTO accounts.credential (id, organisation_id, person_id, kind, handle, secret, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(AT), organisationId, personId, kind, handle, secret, AT],
    );
  const candidate = (email: string) => db.database.transaction(SYSTEM, (tx) => signInCandidate(tx, email));

  it('is looked up by what we vouch for: the same name from elsewhere is somebody else', async () => {
    const [claire, marc] = [await aPerson(' Claire@Ougree.example'), await aPerson('marc@ougree.example')];
    expect(await identity(marc, ELSEWHERE, 'claire@ougree.example')).toBe('kept');
    expect(await candidate('claire@ougree.example')).toMatchObject({ personId: claire });
    await db.database.transaction(SYSTEM, (tx) =>
      rows(tx, `DELETE FROM accounts.identity WHERE person_id = $1`, [claire]),
    );
    expect(await candidate('claire@ougree.example')).toBeNull();
  });

  it('comes by one name of an issuer, which is nobody else’s', async () => {
    const [ines, luc] = [await aPerson('ines@ougree.example'), await aPerson('luc@ougree.example')];
    expect(await identity(ines, ELSEWHERE, 'u-17')).toBe('kept');
    expect(await identity(ines, `${ELSEWHERE}/other`, 'u-17')).toBe('kept');
    expect(await identity(luc, ELSEWHERE, 'u-17')).toBe('identity_once');
    expect(await identity(ines, ELSEWHERE, 'u-18')).toBe('identity_one_of_an_issuer');
    expect(await identity(luc, 'http://comptes.example.org', 'u-19')).toBe('identity_issuer_known');
    expect(await identity(luc, ELSEWHERE, '')).toBe('identity_subject_given');
  });

  it('may have several credentials, one password among them, and a handle opens one door', async () => {
    const [ada, noor] = [await aPerson('ada@ougree.example'), await aPerson('noor@ougree.example')];
    expect(await credential(ada, 'passkey', 'phone', 'public key')).toBe('kept');
    expect(await credential(ada, 'passkey', 'laptop', 'public key')).toBe('kept');
    expect(await credential(noor, 'passkey', 'phone')).toBe('credential_handle_once');
    expect(await credential(noor, 'passkey', null)).toBe('credential_handle_of_kind');
    expect(await credential(noor, 'password', 'phone')).toBe('credential_handle_of_kind');
    expect(await credential(noor, 'fingerprint', 'x')).toBe('credential_kind_known');
    expect(await credential(noor, 'password', null)).toBe('credential_one_password');
    expect(await candidate('ada@ougree.example')).toMatchObject({ personId: ada, passwordHash: 'right' });
  });
});
