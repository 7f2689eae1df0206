import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { aPublishedTender } from '../factories/published-tender.factory.js';
import { rows } from '../../src/platform/db/index.js';

/** What a form of the wizard would send, as its page shows it. */
function hidden(page: string, name: string): string {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(page);
  return (found?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
}

describe('who the buyer is, one question per page', () => {
  let service: TestApp;
  let anne: SignedInBrowser;
  let bob: SignedInBrowser;
  let other: SignedInBrowser;
  let at: string;

  beforeAll(async () => {
    service = await startTestApp();
    anne = await service.signIn({ role: 'contractor', name: 'Anne' });
    bob = await service.signIn({
      role: 'contractor',
      name: 'Bob',
      organisationId: anne.actor.organisationId!,
    });
    other = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());

  beforeEach(async () => {
    service.clock.advanceMs(1000);
    const { tenderId } = await service.database.transaction(SYSTEM, async (tx) => {
      const made = await aPublishedTender(tx, {
        organisationId: anne.actor.organisationId!,
        deadline: new Date(service.clock.now().getTime() + 86_400_000),
        status: 'draft',
        packages: ['Peinture'],
      });
      await rows(tx, 'UPDATE tenders.tender SET buyer = NULL, clause = NULL WHERE id = $1', [made.tenderId]);
      return made;
    });
    at = `/contractor/tenders/${tenderId}/buyer`;
  });

  const page = async (person: SignedInBrowser, path: string): Promise<string> => {
    const answer = await person.browser.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text;
  };
  /** Opens a question and answers it; without a page of its own, the one that was opened before. */
  const send = async (
    person: SignedInBrowser,
    question: string,
    fields: Record<string, string>,
    opened?: string,
  ) => {
    service.clock.advanceMs(1000);
    const seen = hidden(opened ?? (await page(person, `${at}/${question}`)), 'seen');
    return person.post(`${at}/${question}`, { seen, ...fields });
  };
  const confirm = (person: SignedInBrowser, check: string) =>
    person.post(`${at}/check`, {
      seenAnswers: hidden(check, 'seenAnswers'),
      seenConfirmedAt: hidden(check, 'seenConfirmedAt'),
    });
  const answerAll = async (person: SignedInBrowser): Promise<void> => {
    const given = { authority: 'no', funding: 'none', handover: 'no', main: 'no' };
    for (const [question, value] of Object.entries(given))
      await send(person, question, { [question]: value });
  };
  const kept = () =>
    service.database.transaction(SYSTEM, (tx) =>
      rows<{ question: string; answers: unknown }>(
        tx,
        `SELECT question, answers FROM tenders.buyer_draft WHERE tender_id = $1 ORDER BY question`,
        [at.split('/')[3]],
      ),
    );

  it('keeps each answer at once, and goes on where it stopped, on whichever device', async () => {
    expect((await anne.browser.get(at)).headers['location']).toBe(`${at}/authority`);
    const next = await send(anne, 'authority', { authority: 'no' });
    expect([next.status, next.headers['location']]).toEqual([303, `${at}/funding`]);
    const elsewhere = await service.signIn({
      role: 'contractor',
      organisationId: anne.actor.organisationId!,
    });
    expect((await elsewhere.browser.get(at)).headers['location']).toBe(`${at}/funding`);
    expect(await page(elsewhere, `${at}/authority`)).toMatch(/value="no" checked/);
  });

  it('asks only what decides: a public buyer is known after two questions, then confirmed', async () => {
    await send(anne, 'authority', { authority: 'authority' });
    const next = await send(anne, 'level', { level: 'local' });
    expect(next.headers['location']).toBe(`${at}/check`);
    const done = await confirm(anne, await page(anne, `${at}/check`));
    expect(done.headers['location']).toMatch(/\/clauses$/);
    expect(await kept()).toEqual([]);
    expect((await anne.browser.get(at)).headers['location']).toBe(`${at}/check`);
  });

  it('does not mind the same form twice, nor an earlier page sent again', async () => {
    const first = await page(anne, `${at}/authority`);
    await send(anne, 'authority', { authority: 'no' }, first);
    await send(anne, 'authority', { authority: 'no' }, first);
    const changed = await send(anne, 'authority', { authority: 'utility' }, first);
    expect([changed.status, changed.headers['location']]).toEqual([303, `${at}/level`]);
    expect(await kept()).toEqual([{ question: 'authority', answers: { authority: 'utility' } }]);
  });

  it('keeps what is entered and not sent when the language changes', async () => {
    await send(anne, 'main', { main: 'yes' });
    const opened = await page(anne, `${at}/main-details`);
    expect(opened).toContain(`formaction="${at}/main-details?lang=nl"`);
    const switched = await anne.post(`${at}/main-details?lang=nl`, {
      seen: hidden(opened, 'seen'),
      instead: 'language',
      mainClause: 'training',
      mainContract: 'M 12',
    });
    expect(switched.status).toBe(200);
    expect(switched.text).toContain('<html lang="nl"');
    expect(switched.text).toContain('value="M 12"');
    expect(switched.text).toMatch(/value="training" checked/);
    expect(await kept()).toHaveLength(1);
    await anne.browser.get(`${at}/main-details?lang=fr`);
  });

  it('shows the later of two people what the earlier answered, and replaces it only when told to', async () => {
    const opened = await page(bob, `${at}/authority`);
    await send(anne, 'authority', { authority: 'no' });
    const late = await send(bob, 'authority', { authority: 'utility' }, opened);
    expect(late.status).toBe(422);
    expect(late.text).toContain(
      'Anne a répondu\u00a0: «\u00a0Une entreprise ou une association privée\u00a0»',
    );
    expect(late.text).toMatch(/value="utility" checked/);
    expect(await kept()).toEqual([{ question: 'authority', answers: { authority: 'no' } }]);
    const told = await send(bob, 'authority', { authority: 'utility' }, late.text);
    expect(told.status).toBe(303);
    expect(await kept()).toEqual([{ question: 'authority', answers: { authority: 'utility' } }]);
  });

  it('loses no answer when two people answer two questions', async () => {
    const opened = await page(bob, `${at}/funding`);
    await send(anne, 'authority', { authority: 'no' });
    const next = await send(bob, 'funding', { funding: 'none' }, opened);
    expect(next.headers['location']).toBe(`${at}/handover`);
    expect(await kept()).toHaveLength(2);
  });

  it('confirms only what was seen, and a second confirmation leaves the chosen clause alone', async () => {
    await answerAll(anne);
    const [hers, his] = [await page(anne, `${at}/check`), await page(bob, `${at}/check`)];
    expect(his).toContain('réponse d’Anne');
    await send(anne, 'main', { main: 'unknown' });
    const late = await confirm(bob, his);
    expect([late.status, late.text.includes('Une réponse a changé')]).toEqual([422, true]);
    await send(anne, 'main', { main: 'no' });
    expect((await confirm(anne, hers)).status).toBe(303);
    const clauses = await page(anne, at.replace(/buyer$/, 'clauses'));
    const clause = /name="clause" type="radio" value="([^"]+)"/.exec(clauses)![1]!;
    await anne.post(at.replace(/buyer$/, 'clauses'), { clause });
    expect((await confirm(bob, his)).headers['location']).toMatch(/\/clauses$/);
    expect(await page(bob, at.replace(/buyer$/, 'clauses'))).toMatch(/type="radio" value="[^"]+" checked/);
  });

  it('publishes nothing under answers that somebody has changed and nobody confirmed', async () => {
    await answerAll(anne);
    await confirm(anne, await page(anne, `${at}/check`));
    const publish = at.replace(/buyer$/, 'publish');
    const unconfirmed = 'Des réponses sur l’acheteur ont changé';
    expect(await page(anne, publish)).not.toContain(unconfirmed);
    await send(bob, 'authority', { authority: 'utility' });
    expect(await page(anne, publish)).toContain(unconfirmed);
    const refused = await anne.browser
      .post(`/api/v1/tenders/${at.split('/')[3]}/publication`)
      .set('x-form-token', anne.formToken);
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('tender.buyer.unconfirmed');
  });

  it('takes another answer to what a program stated, spaces and all', async () => {
    const stated = { buyer: 'pep', mainClause: 'flex', mainContract: 'AB 12 ', mainNoticeDate: '2024-03-04' };
    const put = await anne.browser
      .put(`/api/v1/tenders/${at.split('/')[3]}/buyer`)
      .set('x-form-token', anne.formToken)
      .send(stated);
    expect([put.status, put.body.problems]).toEqual([200, undefined]);
    const next = await send(anne, 'main-details', {
      mainClause: 'training',
      mainContract: 'AB 13',
      mainNoticeDate: '2024-03-04',
    });
    expect(next.status).toBe(303);
  });

  it('refuses to a program what contradicts the buyer, at its field', async () => {
    const put = (stated: object) =>
      anne.browser
        .put(`/api/v1/tenders/${at.split('/')[3]}/buyer`)
        .set('x-form-token', anne.formToken)
        .send({ buyer: 'private', ...stated });
    const cases = { mainClause: 'flex', mainContract: 'M 1', mainNoticeDate: '2024-03-04' };
    for (const [field, value] of Object.entries(cases)) {
      const refused = await put({ [field]: value });
      const [problem] = (refused.body as { errors: { pointer: string; message: string }[] }).errors;
      expect([refused.status, problem?.pointer]).toEqual([422, `/${field}`]);
    }
  });

  it('says on the check what the law cannot answer, and keeps the answers', async () => {
    await answerAll(anne);
    await send(anne, 'main', { main: 'yes' });
    await send(anne, 'main-details', { mainClause: 'flex', mainNoticeDate: '1901-01-01' });
    const refused = await confirm(anne, await page(anne, `${at}/check`));
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/1901/);
    expect(await kept()).toHaveLength(5);
  });

  it('is nobody else’s: another contractor finds no tender and no draft', async () => {
    await send(anne, 'authority', { authority: 'no' });
    for (const path of [at, `${at}/authority`, `${at}/check`])
      expect([path, (await other.browser.get(path)).status]).toEqual([path, 404]);
    expect((await other.post(`${at}/authority`, { authority: 'utility', seen: '' })).status).toBe(404);
    const seen = await service.database.transaction(other.actor, (tx) =>
      rows(tx, 'SELECT question FROM tenders.buyer_draft'),
    );
    expect(seen).toEqual([]);
    const forged = service.database.transaction(other.actor, (tx) =>
      rows(tx, `INSERT INTO tenders.buyer_draft VALUES ($1, $2, 'level', '{}', $3, now())`, [
        other.actor.organisationId,
        at.split('/')[3],
        other.actor.personId,
      ]),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });
});
