import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { ApiTokenService, type Scope } from '../../src/accounts/index.js';
import { NotificationsService } from '../../src/notifications/index.js';
import { ObligationsService } from '../../src/obligations/index.js';
import { CommitmentChecks } from '../../src/pipeline/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { anApproval, anEnterprise } from '../factories/enterprise.factory.js';
import { rows } from '../../src/platform/db/index.js';
import { SYSTEM } from '../database.js';
import { anAnswer, aPublishedTender } from '../factories/published-tender.factory.js';

/** A key of the catalogue that nobody turned into a sentence. */
const RAW_KEY = /\b(obligations?|ledger|debt|attempts|problem|refusal|said)\.[a-z]/;

describe('the obligations of a contractor', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let other: SignedInBrowser;
  let enterprise: SignedInBrowser;
  let tenderId: string;
  let packageIds: string[];
  let id: string;
  let today: string;

  beforeAll(async () => {
    service = await startTestApp();
    today = service.clock.today();
    contractor = await service.signIn({ role: 'contractor' });
    other = await service.signIn({ role: 'contractor' });
    enterprise = await service.signIn({ role: 'enterprise' });
    const facts = {
      buyer: 'pep',
      mainClause: 'flex',
      mainContract: 'M 2025-114',
      date: '2025-03-03',
      region: 'WAL',
    };
    ({ tenderId, packageIds } = await service.database.transaction(SYSTEM, (tx) =>
      aPublishedTender(tx, {
        organisationId: contractor.actor.organisationId!,
        deadline: new Date(service.clock.now().getTime() + 86_400_000),
        packages: ['Peinture', 'Abords'],
        facts,
      }),
    ));
  });
  afterAll(() => service.stop());
  beforeEach(() => service.clock.advanceMs(1000));

  const page = async (path: string): Promise<string> => {
    const answer = await contractor.browser.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.text).not.toMatch(RAW_KEY);
    return answer.text;
  };
  const post = async (path: string, fields: Record<string, string>) => {
    service.clock.advanceMs(1000);
    const answer = await contractor.post(path, fields);
    expect(answer.text).not.toMatch(RAW_KEY);
    return answer;
  };
  const shown = async () => {
    const answer = await contractor.browser.get(`/api/v1/obligations/${id}`);
    service.contract.expectMatchesOpenApi(answer);
    return answer.body as {
      state: string;
      debt: { amount: string; basis: string; lawVersions: string[] };
      balances: { route: string; remaining: string; toProve: string }[];
      entries: { id: string; stage: string; party: string | null }[];
    };
  };
  const newest = async (): Promise<string> => (await shown()).entries.at(-1)!.id;

  it('are offered by the board of a tender that executes a public contract, and prefilled from it', async () => {
    const board = await page(`/contractor/tenders/${tenderId}/board`);
    const href = `/contractor/obligations/new?tender=${tenderId}`;
    expect(board).toContain(href);
    expect(await page('/contractor/obligations')).toContain(href);
    const form = await page(href);
    for (const filled of ['M 2025-114', '2025-03-03']) expect(form).toContain(`value="${filled}"`);
  });

  it('say at each field what is wrong, and keep what was written', async () => {
    const answer = await post('/contractor/obligations/new', {
      mainContract: 'M 2025-114',
      hours: '12,345',
      document: 'CSC',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="12,345"');
    expect(answer.text.match(/govuk-error-message/g)!.length).toBeGreaterThan(3);
  });

  it('are entered from the form, as people write numbers, under the law of the main notice', async () => {
    const answer = await post('/contractor/obligations/new', {
      tenderId,
      mainContract: 'M 2025-114',
      noticeDate: '3/3/2025',
      clause: 'flex',
      region: 'WAL',
      hours: '400',
      sharePercent: '5,5',
      offer: '1 200 000',
      source: 'specification',
      document: 'CSC 2025-114',
    });
    expect(answer.status).toBe(303);
    id = answer.headers['location']!.split('/').at(-1)!;
    const { debt, state } = await shown();
    expect(debt).toMatchObject({ amount: '66000.00', basis: 'BE-2016-87' });
    expect(debt.lawVersions.length).toBeGreaterThan(0);
    expect(state).toBe('open');
    expect(await page(`/contractor/obligations/${id}`)).toContain('art. 87');
    expect(await page(`/contractor/tenders/${tenderId}/board`)).toContain(`/contractor/obligations/${id}`);
    expect(await page('/contractor/obligations')).not.toContain('obligations/new?tender');
  });

  it('cannot be entered twice for one main contract', async () => {
    const again = await post('/contractor/obligations/new', {
      mainContract: 'm 2025-114',
      noticeDate: '2025-03-03',
      clause: 'training',
      hours: '1',
      source: 'buyer',
      document: 'x',
    });
    expect(again.status).toBe(422);
    expect(again.text).toContain('déjà inscrit');
  });

  it('go from plan to proof on pages', async () => {
    const at = `/contractor/obligations/${id}`;
    const entered = async (stage: string, fields: Record<string, string>): Promise<string> => {
      await page(`${at}/entries/${stage}`);
      const answer = await post(`${at}/entries/${stage}`, { onDay: today, ...fields });
      expect([stage, answer.status]).toEqual([stage, 303]);
      return newest();
    };
    const plan = { route: 'subcontracting', packageId: packageIds[0]!, quantity: '20.000,00' };
    const planned = await entered('planned', plan);
    const twice = await post(`${at}/entries/planned`, { ...plan, onDay: today });
    expect([twice.status, twice.text.includes('sert déjà une obligation')]).toEqual([422, true]);
    const about = {
      organisationId: enterprise.actor.organisationId!,
      contractorId: contractor.actor.organisationId!,
      tenderId,
      packageId: packageIds[0]!,
    };
    const answerId = await service.database.transaction(SYSTEM, (tx) =>
      anAnswer(tx, { ...about, kind: 'part', at: service.clock.now() }),
    );
    expect(await page(`${at}/entries/committed?on=${planned}`)).toContain(answerId);
    const engaged = await entered('committed', {
      parentId: planned,
      answerId,
      quantity: '70000',
      document: 'BC 1',
    });
    // Nothing is registered of this enterprise: the commitment is shown all the same, and nothing is said of it.
    const engagedPage = await page(at);
    expect(engagedPage).toContain('Ceux à qui vous avez confié');
    expect(engagedPage).toContain('Avant et pendant les travaux');
    const done = await entered('performed', { parentId: engaged, quantity: '66000', document: 'F 1' });
    expect(await shown()).toMatchObject({ state: 'performed' });
    await entered('proven', { parentId: done, document: 'PV', party: 'Ville' });
    expect(await shown()).toMatchObject({ state: 'proven' });
    const text = await page(at);
    expect(text).toContain('Acquittée et prouvée');
    const leant = await post(`${at}/ended/${done}`, { reason: 'Erreur' });
    expect([leant.status, leant.text.includes('Une autre ligne dépend')]).toEqual([422, true]);
    const proof = await newest();
    await page(`${at}/ended/${proof}`);
    expect((await post(`${at}/ended/${proof}`, { reason: 'Erreur' })).status).toBe(303);
    expect(await shown()).toMatchObject({ state: 'performed' });
    expect(await page(at)).toContain('Erreur');
  });

  it('are proven by the word of the enterprise, which nobody else can give', async () => {
    const done = (await shown()).entries.findLast((one) => one.stage === 'performed')!.id;
    const at = `/enterprise/performances/${done}`;
    const said = async (person: SignedInBrowser, fields: Record<string, string>) => {
      service.clock.advanceMs(1000);
      return person.post(at, fields);
    };
    const list = await enterprise.browser.get('/enterprise/performances');
    expect(list.text).not.toMatch(RAW_KEY);
    expect(list.text).toContain('1 ligne attend votre réponse');
    const form = await enterprise.browser.get(at);
    expect([form.status, RAW_KEY.test(form.text)]).toEqual([200, false]);
    expect(form.text).toContain('66');

    const stranger = await service.signIn({ role: 'enterprise' });
    expect((await stranger.browser.get(at)).status).toBe(404);
    expect((await said(stranger, { verdict: 'confirmed' })).status).toBe(404);
    expect((await said(contractor, { verdict: 'confirmed' })).status).toBe(403);
    const forge = (person: SignedInBrowser, speaker: string) =>
      service.database.transaction(person.actor, (tx) =>
        rows(
          tx,
          `INSERT INTO obligations.confirmation VALUES (gen_random_uuid(), $1, $2, $3, 'confirmed', NULL, $4, tstzrange(now(), NULL))`,
          [speaker, contractor.actor.organisationId, done, person.actor.personId],
        ),
      );
    const theirs = enterprise.actor.organisationId!;
    await expect(forge(contractor, theirs)).rejects.toThrow(/row-level security/);
    await expect(forge(stranger, theirs)).rejects.toThrow(/row-level security/);
    await expect(forge(stranger, stranger.actor.organisationId!)).rejects.toThrow(/row-level security/);

    const why = await said(enterprise, { verdict: 'disputed' });
    expect([why.status, why.text.includes('Dites pourquoi')]).toEqual([422, true]);
    expect((await said(enterprise, { verdict: 'disputed', reason: '60 000 euros' })).status).toBe(303);
    expect(await shown()).toMatchObject({ state: 'disputed' });
    expect(await page(`/contractor/obligations/${id}`)).toContain('60 000 euros');
    expect((await said(enterprise, { verdict: 'confirmed' })).status).toBe(303);
    expect((await said(enterprise, { verdict: 'confirmed' })).status).toBe(303);
    expect(await shown()).toMatchObject({ state: 'proven' });
    const words = await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, 'SELECT verdict FROM obligations.confirmation ORDER BY lower(recorded)'),
    );
    expect(words).toEqual([{ verdict: 'disputed' }, { verdict: 'confirmed' }]);
  });

  it('are confirmed and disputed by the programs of the enterprise, each with the right to do it', async () => {
    const asProgram = async (person: SignedInBrowser, ...scopes: Scope[]) => {
      const asked = { name: 'erp', scopes, days: 1 };
      const token = await service.app.get(ApiTokenService).create(person.actor, asked);
      const browser = service.visitor();
      browser.set({ authorization: `Bearer ${token}` });
      return browser;
    };
    const program = await asProgram(enterprise, 'performances:read', 'performances:write');
    const reader = await asProgram(enterprise, 'performances:read');
    const stranger = await asProgram(
      await service.signIn({ role: 'enterprise' }),
      'performances:read',
      'performances:write',
    );
    const get = async (browser: typeof program, path: string) => {
      const answer = await browser.get(`/api/v1/performances${path}`);
      service.contract.expectMatchesOpenApi(answer);
      return answer;
    };
    const list = (await get(program, '')).body as { items: { id: string }[]; next: string | null };
    expect(list).toMatchObject({ items: [{ quantity: '66000.00', verdict: 'confirmed' }], next: null });
    const done = list.items[0]!.id;
    expect((await get(program, `?before=${done}`)).body).toEqual({ items: [], next: null });
    expect((await get(stranger, '')).body).toEqual({ items: [], next: null });
    expect((await get(stranger, `/${done}`)).status).toBe(404);
    const say = (browser: typeof program, body: object) => {
      service.clock.advanceMs(1000);
      return browser.put(`/api/v1/performances/${done}/confirmation`).send(body);
    };
    expect((await say(stranger, { verdict: 'confirmed' })).status).toBe(404);
    expect((await say(reader, { verdict: 'confirmed' })).body).toMatchObject({ code: 'scope-needed' });
    expect((await say(program, { verdict: 'perhaps' })).status).toBe(422);
    const bare = await say(program, { verdict: 'disputed' });
    expect([bare.status, (bare.body as { errors: { pointer: string }[] }).errors[0]!.pointer]).toEqual([
      422,
      '/reason',
    ]);
    expect((await say(program, { verdict: 'disputed', reason: 'Pas ce jour-là' })).status).toBe(204);
    expect(await shown()).toMatchObject({ state: 'disputed' });
    expect((await get(reader, `/${done}`)).body).toMatchObject({
      verdict: 'disputed',
      reason: 'Pas ce jour-là',
    });
    expect((await say(program, { verdict: 'confirmed' })).status).toBe(204);
    expect(await shown()).toMatchObject({ state: 'proven' });
  });

  it('say whether whom they are entrusted to counts for the clause, on that day and since', async () => {
    const now = service.clock.now();
    const check = async () => {
      const shownNow = await service.database.transaction(contractor.actor, (tx) =>
        service.app.get(ObligationsService).show(tx, id),
      );
      const [found] = await service.app.get(CommitmentChecks).of(contractor.actor, shownNow);
      return found!;
    };
    const unregistered = await check();
    expect([unregistered.onDay, unregistered.today]).toEqual([null, null]);
    expect(unregistered.gates.map(({ key }) => key)).toContain('PAYMENT-B2B');
    const organisationId = enterprise.actor.organisationId!;
    const approvals = [anApproval({ validUntil: today })];
    await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(RegistryService).register(tx, SYSTEM, anEnterprise({ approvals }), { organisationId }),
    );
    service.clock.advanceMs(1000);
    expect(await check()).toMatchObject({ onDay: { verdict: 'eligible' }, today: { verdict: 'eligible' } });
    expect(await page(`/contractor/obligations/${id}`)).not.toContain('a changé depuis');
    service.clock.advanceMs(86_400_000);
    const after = await check();
    expect(after).toMatchObject({ onDay: { verdict: 'eligible' }, today: { verdict: 'pending' } });
    expect(after.today!.reasons).toMatchObject([{ key: 'approval', result: 'fail' }]);
    // Shown, and nothing is taken off the ledger for it.
    const ours = { role: 'contractor', organisationId: contractor.actor.organisationId! } as const;
    const tomorrow = await service.signIn(ours);
    const { text } = await tomorrow.browser.get(`/contractor/obligations/${id}`);
    expect(text).toContain('a changé depuis');
    expect(text).toContain('Acquittée et prouvée');
    expect(text).not.toMatch(RAW_KEY);
    service.clock.moveTo(now);
    service.clock.advanceMs(5000);
  });

  it('tell the enterprise what to confirm, and the contractor what it said', async () => {
    const events = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ id: string }>(
        tx,
        `SELECT id FROM platform.event WHERE type LIKE 'performance.%' OR type = 'ledger.entry-added' ORDER BY occurred_at, id`,
      ),
    );
    const notifications = service.app.get(NotificationsService);
    for (const { id: eventId } of events)
      await service.database.transaction(SYSTEM, (tx) => notifications.planFor(tx, eventId));
    const told = await service.database.transaction(SYSTEM, (tx) =>
      rows(
        tx,
        `SELECT DISTINCT template, organisation_id AS who FROM notifications.notification
         WHERE channel = 'mail' AND template LIKE 'performance-%' ORDER BY template, who`,
      ),
    );
    const [ours, theirs] = [contractor.actor.organisationId, enterprise.actor.organisationId];
    expect(told).toEqual([
      { template: 'performance-confirmed', who: ours },
      { template: 'performance-disputed', who: ours },
      { template: 'performance-entered', who: theirs },
    ]);
  });

  it('keep a log that a buyer can read', async () => {
    const at = `/contractor/obligations/${id}/attempts`;
    expect((await post(`${at}/new`, { route: 'training', contacted: 'CISP' })).status).toBe(422);
    const line = {
      route: 'training',
      triedBy: 'facilitator',
      contacted: 'CISP',
      triedOn: today,
      outcome: 'no-answer',
    };
    await page(`${at}/new`);
    expect((await post(`${at}/new`, line)).status).toBe(303);
    const text = await page(at);
    for (const word of ['CISP', 'Abords', 'Peinture', 'L’acheteur décide']) expect(text).toContain(word);
    const log = await contractor.browser.get(`/api/v1/obligations/${id}/attempts`);
    service.contract.expectMatchesOpenApi(log);
    expect(log.body).toMatchObject({
      finding: 'not-tried',
      confidence: 'sourced',
      attempts: [{ outcome: 'no-answer' }],
    });
  });

  it('are corrected with a reason', async () => {
    const at = `/contractor/obligations/${id}/debt`;
    expect(await page(at)).toContain('value="5.5"');
    const terms = {
      noticeDate: '2025-03-03',
      clause: 'flex',
      region: 'WAL',
      sharePercent: '6',
      offer: '1200000',
      source: 'order',
      document: 'Avenant 1',
    };
    expect((await post(at, terms)).status).toBe(422);
    expect((await post(at, { ...terms, reason: 'Avenant' })).status).toBe(303);
    expect((await shown()).debt.amount).toBe('72000.00');
  });

  it('are nobody else’s to see or to change', async () => {
    for (const path of ['', '/debt', '/attempts', '/entries/planned'])
      expect((await other.browser.get(`/contractor/obligations/${id}${path}`)).status).toBe(404);
    expect((await other.browser.get(`/api/v1/obligations/${id}`)).status).toBe(404);
    expect((await other.post(`/contractor/obligations/${id}/attempts/new`, { contacted: 'x' })).status).toBe(
      404,
    );
    expect((await other.browser.get('/contractor/obligations')).text).not.toContain('M 2025-114');
  });

  it('are entered by programs, too, with the same refusals', async () => {
    const call = (path: string, body: object) => {
      service.clock.advanceMs(1000);
      return contractor.browser
        .post(`/api/v1/obligations${path}`)
        .set('x-form-token', contractor.formToken)
        .send(body);
    };
    const terms = {
      noticeDate: '2017-05-10',
      clause: 'training',
      hours: '120',
      source: 'buyer',
      document: 'Lettre',
    };
    const made = await call('', { ...terms, mainContract: 'M 2017' });
    service.contract.expectMatchesOpenApi(made);
    expect(made.status).toBe(201);
    expect((await call('', { ...terms, mainContract: 'M 2017' })).body).toMatchObject({
      code: 'main-contract-known',
    });
    const at = `/${(made.body as { id: string }).id}`;
    const waive = {
      stage: 'waived',
      quantity: '20',
      onDay: today,
      document: 'PV',
      party: 'Ville',
      note: 'Lot retiré',
    };
    expect((await call(`${at}/entries`, waive)).status).toBe(204);
    expect((await call(`${at}/entries`, waive)).status).toBe(409);
    expect((await call(`${at}/entries`, { ...waive, quantity: '-1' })).status).toBe(422);
    const list = await contractor.browser.get('/api/v1/obligations');
    service.contract.expectMatchesOpenApi(list);
    expect((list.body as { items: { debt: { regime: string } }[] }).items[0]!.debt.regime).toBe('R2006');
  });

  it('are figures to the working group, and nothing more', async () => {
    const workingGroup = await service.signIn({ role: 'working-group' });
    const figures = await workingGroup.browser.get('/working-group');
    expect(figures.text).not.toMatch(RAW_KEY);
    for (const words of [
      'Dettes acquittées et prouvées',
      'Confirmé par l’entreprise',
      '1 sur 1',
      'Seulement déclaré',
    ])
      expect(figures.text).toContain(words);
    for (const path of ['', '/attempts'])
      expect((await workingGroup.browser.get(`/contractor/obligations/${id}${path}`)).status).toBe(403);
  });
});
