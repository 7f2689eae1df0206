import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';

interface Made {
  id: string;
  state: string;
  acceptedAt: string | null;
}
interface Package {
  title: string;
  tags: {
    kind: string;
    value: string;
    accepted: boolean;
    origin: string;
    ruleId: string | null;
    evidence: { text: string }[];
  }[];
}

// Words that no vocabulary of ours holds: what is found on them comes from the rule alone.
const bill = (salt: string, above = ''): string =>
  above +
  [
    'Poste;Désignation;Unité;Quantité',
    `1.1;Zorglubage des tubulures ${salt};m2;120`,
    `1.2;Zorglubage des coursives ${salt};m2;40`,
    `1.3;Zorglubage complémentaire ${salt};m2;12`,
  ].join('\n');

describe('a correction that is to be made from now on', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let other: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    other = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());

  const packagesOf = async (who: SignedInBrowser, text: string): Promise<Package[]> => {
    const read = await who.browser
      .post('/api/v1/readings')
      .set('x-form-token', who.formToken)
      .attach('file', Buffer.from(text), 'metre.csv');
    const drafted = await who.browser
      .post(`/api/v1/readings/${(read.body as { id: string }).id}/draft`)
      .send({});
    const { tenderId } = drafted.body as { tenderId: string };
    const tender = await who.browser.get(`/api/v1/tenders/${tenderId}`);
    return (tender.body as { packages: Package[] }).packages;
  };
  const taught = (packages: readonly Package[]): string[] =>
    packages.flatMap(({ tags }) => tags.filter(({ origin }) => origin === 'rule').map(({ value }) => value));
  const rule = { pattern: 'zorglubage', scope: 'organisation', trade: '45442100', placeable: 'yes' };
  const teach = (who: SignedInBrowser, body: object) => who.browser.post('/api/v1/tag-rules').send(body);

  it('is tried, taught, cited by the tags it gives, kept to its organisation, and taken back', async () => {
    expect(taught(await packagesOf(contractor, bill('nord')))).toEqual([]);
    const trial = await contractor.browser.post('/api/v1/tag-rules/trial').send(rule);
    expect(trial.body).toMatchObject({ held: 3, changed: 3, measure: { benchHeld: 0, broken: [] } });
    expect(trial.body.contradicts).toEqual([]);

    const answer = await teach(contractor, rule);
    expect([answer.status, (answer.body as Made).state]).toEqual([201, 'in-force']);
    const { id } = answer.body as Made;
    const otherwise = { ...rule, pattern: 'Zorglubages', trade: '77310000' };
    const contrary = await contractor.browser.post('/api/v1/tag-rules/trial').send(otherwise);
    expect(contrary.body.contradicts).toEqual([id]);
    const [found, ...others] = await packagesOf(contractor, bill('sud'));
    expect(others).toEqual([]);
    expect(found!.tags.filter(({ origin }) => origin === 'rule')).toEqual([
      expect.objectContaining({ kind: 'placeable', value: 'yes', accepted: true, ruleId: id }),
      expect.objectContaining({
        kind: 'trade',
        value: '45442100',
        accepted: true,
        ruleId: id,
        evidence: [expect.objectContaining({ text: 'Zorglubage' })],
      }),
    ]);
    expect(taught(await packagesOf(other, bill('sud')))).toEqual([]);
    expect((await other.browser.get('/api/v1/tag-rules')).body).toEqual({ items: [] });
    expect((await other.browser.delete(`/api/v1/tag-rules/${id}`)).status).toBe(404);

    expect((await contractor.browser.delete(`/api/v1/tag-rules/${id}`)).status).toBe(204);
    expect(taught(await packagesOf(contractor, bill('est')))).toEqual([]);
    const again = await contractor.browser.delete(`/api/v1/tag-rules/${id}`);
    expect([again.status, (again.body as { code: string }).code]).toEqual([409, 'tag-rule-decided']);
  });

  it('is refused when it says nothing, or turns a known answer wrong', async () => {
    const said = async (change: object): Promise<string> => {
      const answer = await teach(contractor, { ...rule, ...change });
      return `${answer.status} ${(answer.body as { code?: string }).code ?? ''}`;
    };
    expect(await said({ pattern: 'de la 12' })).toBe('422 tag-rule-without-words');
    expect(await said({ trade: undefined, placeable: undefined })).toBe('422 tag-rule-says-nothing');
    expect(await said({ trade: '99999999' })).toBe('422 cpv-unknown');
    expect(await said({ pattern: 'plafonds', trade: '45431000', placeable: undefined })).toBe(
      '422 tag-rule-breaks',
    );
  });

  it('waits for a manager when somebody else taught it, and for a second person when it is for everybody', async () => {
    const { organisationId } = contractor.actor;
    const colleague = await service.signIn({ role: 'contractor', organisationId: organisationId! });
    await service.database.transaction({ ...colleague.actor, role: 'system' }, (tx) =>
      tx.query(`UPDATE accounts.person SET organisation_role = 'member' WHERE id = $1`, [
        colleague.actor.personId,
      ]),
    );
    const waiting = (await teach(colleague, { ...rule, pattern: 'zorglubage complémentaire' })).body as Made;
    expect(waiting).toMatchObject({ state: 'waiting', acceptedAt: null });
    const accept = (who: SignedInBrowser, id: string) =>
      who.browser.post(`/api/v1/tag-rules/${id}/acceptance`).send({});
    expect((await accept(colleague, waiting.id)).body).toMatchObject({ code: 'manager-needed' });
    expect((await accept(contractor, waiting.id)).body).toMatchObject({ state: 'in-force' });

    const everybody = (await teach(contractor, { ...rule, pattern: 'zorglubage des', scope: 'everybody' }))
      .body as Made;
    expect(everybody.state).toBe('waiting');
    expect((await accept(contractor, everybody.id)).status).toBe(403);
    expect(taught(await packagesOf(other, bill('ouest')))).toEqual([]);
    const administrator = await service.signIn({ role: 'administrator' });
    const page = await administrator.browser.get('/administrator/tag-rules');
    expect(page.text).toContain('zorglubage des');
    expect((await administrator.post(`/administrator/tag-rules/${everybody.id}/acceptance`)).status).toBe(
      303,
    );
    expect(taught(await packagesOf(other, bill('haut')))).toEqual(['yes', '45442100']);
    expect((await contractor.browser.delete(`/api/v1/tag-rules/${everybody.id}`)).status).toBe(403);
    expect((await administrator.post(`/administrator/tag-rules/${everybody.id}/end`)).status).toBe(303);
    expect(taught(await packagesOf(other, bill('bas')))).toEqual([]);
  });

  it('can be bound to the articles of one edition of a catalogue', async () => {
    const numbered = {
      ...rule,
      pattern: 'zorglubage',
      numbering: { system: 'CCTB', edition: '01.11', prefix: '1.' },
    };
    const made = (await teach(other, numbered)).body as Made;
    expect(made.state).toBe('in-force');
    expect(taught(await packagesOf(other, bill('gauche')))).toEqual([]);
    expect(taught(await packagesOf(other, bill('droite', 'Selon CCTB 01.09\n')))).toEqual([]);
    expect(taught(await packagesOf(other, bill('devant', 'Selon CCTB 01.11\n')))).toEqual([
      'yes',
      '45442100',
    ]);
  });

  it('goes by the number of the catalogue where the bill numbers its lines otherwise', async () => {
    const person = await service.signIn({ role: 'contractor' });
    const billFor = (prefix: string): string =>
      [
        'Selon CCTB 01.11',
        'Poste;Article CCTB;Désignation;Unité;Quantité',
        ...['murs', 'plafonds', 'boiseries'].map(
          (on, i) => `${i + 1};81.2${i}.1a;Zorglubage ${on}, plan ${prefix};m2;40`,
        ),
      ].join('\n');
    const rulesFor = async (prefix: string): Promise<{ held: number; tags: string[] }> => {
      const body = { ...rule, numbering: { system: 'CCTB', edition: '01.11', prefix } };
      const made = (await teach(person, body)).body as Made;
      const tags = taught(await packagesOf(person, billFor(prefix)));
      const trial = await person.browser.post('/api/v1/tag-rules/trial').send(body);
      await person.browser.delete(`/api/v1/tag-rules/${made.id}`);
      return { held: (trial.body as { held: number }).held, tags };
    };
    expect(await rulesFor('1')).toEqual({ held: 0, tags: [] });
    expect(await rulesFor('81.2')).toEqual({ held: 6, tags: ['yes', '45442100'] });
  });
});
