import { enterVersions, rulesFromFiles } from '../../src/legal-basis/index.js';
import { newId } from '../../src/platform/ids.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { publishTender } from './publish.js';

const PAVING = '45233200';
const { versions } = rulesFromFiles();

describe('a change of the law after a tender was matched', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let enterpriseId: string;
  let tenderId: string;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    const { actor } = await service.signIn({ role: 'enterprise' });
    const profile = anEnterprise({ activities: [anActivity({ trades: [PAVING] })] });
    enterpriseId = await service.database.transaction(SYSTEM, (tx) =>
      service.app
        .get(RegistryService)
        .register(tx, SYSTEM, profile, { organisationId: actor.organisationId! }),
    );
    tenderId = await publishTender(contractor, [PAVING]);
  });
  afterAll(() => service.stop());

  /** Enters the law as it would be if enterprises of the kind did or did not qualify for a voluntary clause. */
  const enter = async (answer: string): Promise<void> => {
    service.clock.advanceMs(60_000);
    const changed = versions.map((version) =>
      version.key === 'WAL_EI:VOL' && version.body['answer'] !== answer
        ? { ...version, id: newId(service.clock.now()), body: { ...version.body, answer } }
        : version,
    );
    await service.database.transaction(SYSTEM, (tx) => enterVersions(tx, changed, service.clock.now()));
  };
  const standing = (wanted: 'open' | 'closed') =>
    eventually(async () => {
      const [last] = await service.database.transaction(SYSTEM, (tx) =>
        rows<{ verdict: string; isOpen: boolean; because: { code: string } | null }>(
          tx,
          `SELECT verdict, upper_inf(recorded) AS "isOpen", closed_because AS because FROM matching.match
           WHERE tender_id = $1 AND enterprise_id = $2 ORDER BY lower(recorded) DESC LIMIT 1`,
          [tenderId, enterpriseId],
        ),
      );
      return last && last.verdict === 'match' && last.isOpen === (wanted === 'open') ? last : null;
    });

  it('withdraws whom it no longer lets in, with the reason, and finds them again when it does', async () => {
    const before = versions.find(({ key }) => key === 'WAL_EI:VOL')!;
    await standing('open');
    await enter('N');
    expect((await standing('closed')).because?.code).toMatch(/^legal\./);
    await enter(String(before.body['answer']));
    await standing('open');
  });
});
