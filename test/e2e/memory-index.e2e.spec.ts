import { Client } from 'pg';
import { CandidateSource } from '../../src/matching/candidate-source.js';
import { MemoryCandidates } from '../../src/matching/memory-candidates.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { publishTender } from './publish.js';

const PAVING = '45233200';

describe('a service whose register is large enough for the index in memory', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let owner: Client;

  beforeAll(async () => {
    service = await startTestApp({ memoryIndexFrom: 1 });
    contractor = await service.signIn({ role: 'contractor' });
    owner = new Client({ connectionString: service.databaseUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await service.stop();
  });

  const register = async (): Promise<string> => {
    const { actor } = await service.signIn({ role: 'enterprise' });
    const profile = anEnterprise({ activities: [anActivity({ trades: [PAVING] })] });
    return service.database.transaction(SYSTEM, (tx) =>
      service.app
        .get(RegistryService)
        .register(tx, SYSTEM, profile, { organisationId: actor.organisationId! }),
    );
  };
  const asOwner = async <Row extends object>(sql: string, params: unknown[] = []): Promise<Row[]> =>
    (await owner.query<Row>(sql, params)).rows;

  it('matches a new tender without asking the table', async () => {
    const enterpriseId = await register();
    await eventually(async () => {
      const found = await asOwner('SELECT FROM matching.posting WHERE enterprise_id = $1', [enterpriseId]);
      return found.length > 0 ? true : null;
    });
    const source = service.app.get(CandidateSource);
    expect(source).toBeInstanceOf(MemoryCandidates);
    await (source as MemoryCandidates).load();
    await asOwner('REVOKE SELECT ON matching.posting FROM maillon_app');
    const tenderId = await publishTender(contractor, [PAVING]);
    const matched = await eventually(async () => {
      const found = await asOwner<{ id: string }>(
        `SELECT enterprise_id AS id FROM matching.match
         WHERE tender_id = $1 AND upper_inf(recorded) AND verdict = 'match'`,
        [tenderId],
      );
      return found.length > 0 ? found : null;
    });
    expect(matched).toEqual([{ id: enterpriseId }]);
  });
});
