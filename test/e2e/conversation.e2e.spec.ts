import { randomUUID } from 'node:crypto';
import { AnswerService, NO_TERMS } from '../../src/answers/index.js';
import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { trackRecords } from '../../src/pipeline/track-records.query.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { publishTender } from './publish.js';

const ENTERPRISES = ['Ateliers du Val', 'Jardins et Toits', 'Hors Métier'] as const;

describe('the conversation about a package', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let asker: SignedInBrowser;
  let other: SignedInBrowser;
  let unmatched: SignedInBrowser;
  let tenderId: string;
  let packageId: string;
  const ids = new Map<SignedInBrowser, string>();

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    await contractor.post('/account/mails', { lists: 'answers', rhythm: 'at-once' }).expect(303);
    asker = await service.signIn({ role: 'enterprise' });
    other = await service.signIn({ role: 'enterprise' });
    unmatched = await service.signIn({ role: 'enterprise' });
    for (const person of [contractor, asker, other, unmatched])
      person.browser.set('x-form-token', person.formToken);
    await service.database.transaction(SYSTEM, async (tx) => {
      for (const [at, person] of [asker, other, unmatched].entries()) {
        const { organisationId } = person.actor;
        await rows(tx, `UPDATE accounts.organisation SET name = $2 WHERE id = $1`, [
          organisationId,
          ENTERPRISES[at],
        ]);
        const trades = [at === 2 ? '77310000' : '45442100'];
        const { id: _, ...enterprise } = anEnterprise({ activities: [anActivity({ trades })] });
        const id = await service.app
          .get(RegistryService)
          .register(tx, SYSTEM, enterprise, { organisationId: organisationId! });
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
        ids.set(person, id);
      }
    });
    tenderId = await publishTender(contractor, ['45442100']);
    packageId = await eventually(async () => {
      const { body } = await other.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
  });
  afterAll(() => service.stop());

  const mailTo = (person: SignedInBrowser, containing: string): Promise<{ body: string; html: string }> =>
    eventually(async () => {
      const found = await service.database.transaction(SYSTEM, (tx) =>
        rows<{ body: string; html: string }>(
          tx,
          `SELECT body, html FROM platform.outbox_mail WHERE recipient LIKE $1 AND strpos(subject || body, $2) > 0`,
          [`%${person.email}%`, containing],
        ),
      );
      return found[0] ?? null;
    });
  const post = (person: SignedInBrowser, path: string, fields: Record<string, string>) =>
    person.browser
      .post(path)
      .type('form')
      .send({ _token: person.formToken, ...fields });

  it('is asked by one, answered once, read by all who match, and nobody learns who asked', async () => {
    const page = `/enterprise/opportunities/${packageId}`;
    const question = 'Les bureaux sont-ils vides pendant les travaux ?';
    expect((await post(asker, `${page}/question`, { text: '  ' })).status).toBe(422);
    expect((await post(asker, `${page}/question`, { text: question })).headers.location).toBe(page);
    // Sent a second time, it is still one question.
    await asker.browser.post(`/api/v1/opportunities/${packageId}/questions`).send({ text: question });
    expect((await asker.browser.get(page)).text).toContain(question);
    expect((await other.browser.get(page)).text).not.toContain(question);
    expect((await post(unmatched, `${page}/question`, { text: 'Moi aussi ?' })).status).toBe(404);

    const asked = await mailTo(contractor, question);
    expect(asked.body).not.toMatch(/\bmail\.|question-asked/);
    const board = await contractor.browser.get(`/contractor/tenders/${tenderId}/board`);
    const replyPath = /\/contractor\/tenders\/[^"]+\/questions\/[0-9a-f-]+/.exec(board.text)![0];
    expect(asked.body).toContain(replyPath);

    const { body: listed } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/questions`);
    expect(listed.items).toMatchObject([{ question, enterprise: ENTERPRISES[0], reply: null }]);
    await other.browser.put(`/api/v1/opportunities/${packageId}/answer`).send({ kind: 'full' });

    const [first, second] = await Promise.all([
      post(contractor, replyPath, { text: 'Oui, tous les jours.' }),
      post(contractor, replyPath, { text: 'Non, le samedi seulement.' }),
    ]);
    expect([first.status, second.status].sort()).toEqual([303, 422]);
    const lost = first.status === 422 ? first : second;
    // Whoever was slower sees both: what is said, and what they wrote.
    expect(lost.text).toContain('Oui, tous les jours.');
    expect(lost.text).toContain('Non, le samedi seulement.');

    const told = await mailTo(other, question);
    expect(told.body).toContain(first.status === 303 ? 'Oui, tous les jours.' : 'Non, le samedi seulement.');
    await mailTo(asker, question);
    for (const text of [told.body, told.html, (await other.browser.get(page)).text]) {
      expect(text).toContain(question);
      expect(text).not.toContain(ENTERPRISES[0]);
    }
    const read = await other.browser.get(`/api/v1/opportunities/${packageId}/questions`);
    expect(read.body.items).toMatchObject([{ question }]);
    expect(JSON.stringify(read.body)).not.toContain(ENTERPRISES[0]);
    expect((await unmatched.browser.get(`/api/v1/opportunities/${packageId}/questions`)).status).toBe(404);
  });

  it('lets row security alone hide who asked, and what was asked before it is answered', async () => {
    await asker.browser
      .post(`/api/v1/opportunities/${packageId}/questions`)
      .send({ text: 'Y a-t-il un monte-charge ?' });
    const seenBy = ({ actor }: SignedInBrowser) =>
      service.database.transaction(actor, async (tx) => [
        (await rows(tx, `SELECT 1 FROM answers.question`)).length,
        (await rows(tx, `SELECT 1 FROM answers.clarification`)).length,
      ]);
    expect(await seenBy(asker)).toEqual([2, 1]);
    expect(await seenBy(contractor)).toEqual([2, 1]);
    expect(await seenBy(other)).toEqual([0, 1]);
    expect(await seenBy(unmatched)).toEqual([0, 0]);
    const forged = service.database.transaction(other.actor, (tx) =>
      rows(
        tx,
        `INSERT INTO answers.clarification (id, organisation_id, tender_id, package_id, question, text, said_by, said_at)
         VALUES ($1, $2, $3, $4, 'x', 'y', $1, now())`,
        [randomUUID(), contractor.actor.organisationId, tenderId, packageId],
      ),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  const decisionPath = async (enterprise: SignedInBrowser): Promise<string> => {
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`);
    const name = ENTERPRISES[enterprise === asker ? 0 : 1];
    const answer = body.items.find((item: { enterprise: string }) => item.enterprise === name);
    return `/contractor/tenders/${tenderId}/answers/${answer.id}/decision`;
  };
  const seenOn = async (path: string): Promise<string> =>
    /name="seen" value="([^"]*)"/.exec((await contractor.browser.get(path)).text)![1]!;

  it('lets no award fall on an answer that its enterprise is just replacing', async () => {
    const path = await decisionPath(other);
    service.clock.advanceMs(1000);
    const award = await service.database.transaction(other.actor, async (tx) => {
      const changed = {
        kind: 'part',
        part: 'Le rez',
        lines: [],
        replies: [],
        attachments: [],
        reason: null,
        message: null,
        ...NO_TERMS,
      } as const;
      await service.app.get(AnswerService).give(tx, other.actor, packageId, changed);
      const waiting = post(contractor, path, { act: 'award', seen: '' }).then((answer) => answer);
      // Long enough for the award to be stored, if nothing holds it.
      await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 500))]);
      return { waiting };
    });
    expect((await award.waiting).status).toBeGreaterThanOrEqual(400);
    const decided = await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `SELECT 1 FROM answers.decision WHERE package_id = $1`, [packageId]),
    );
    expect(decided).toEqual([]);
    service.clock.advanceMs(1000);
    await other.browser.put(`/api/v1/opportunities/${packageId}/answer`).send({ kind: 'full' });
  });

  it('ends with one confirmed award: the winner has the last word, the others are told without a name', async () => {
    await asker.browser
      .put(`/api/v1/opportunities/${packageId}/answer`)
      .send({ kind: 'team', message: 'Avec un voisin' });
    await unmatched.browser.put(`/api/v1/opportunities/${packageId}/answer`).send({ kind: 'full' });
    const [ofAsker, ofOther] = [await decisionPath(asker), await decisionPath(other)];
    expect((await post(contractor, ofOther, { act: 'decline', seen: '' })).status).toBe(422);
    expect((await post(contractor, ofAsker, { act: 'retain', seen: '' })).status).toBe(303);
    await mailTo(asker, 'retenue');

    // Two colleagues at once: one decides, the other sees what became of it, with the own choice kept.
    const both = await Promise.all([
      post(contractor, ofOther, { act: 'award', seen: '', message: 'À lundi' }),
      post(contractor, ofOther, { act: 'decline', reason: 'dates', seen: '' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    const lost = both.find(({ status }) => status === 422)!;
    expect(lost.text).toContain('La décision a changé');
    service.clock.advanceMs(60_000);
    if (lost === both[0])
      await post(contractor, ofOther, { act: 'award', seen: await seenOn(ofOther), message: 'À lundi' });

    const toConfirm = await mailTo(other, 'À lundi');
    expect(toConfirm.body).not.toMatch(/\b(mail|decision|reason)\.[a-z]/);
    const opportunity = `/enterprise/opportunities/${packageId}`;
    const second = await post(contractor, ofAsker, { act: 'award', seen: await seenOn(ofAsker) });
    expect([second.status, second.text.includes('déjà attribué')]).toEqual([422, true]);
    expect((await post(asker, `${opportunity}/award`, { act: 'confirm' })).status).toBe(409);
    expect((await post(unmatched, `${opportunity}/award`, { act: 'confirm' })).status).toBe(404);
    const changed = await other.browser
      .put(`/api/v1/opportunities/${packageId}/answer`)
      .send({ kind: 'no', reason: 'dates' });
    expect(changed.status).toBe(409);

    // It may take up another trade, or the package change: what it was awarded stays in its reach.
    await service.database.transaction(SYSTEM, async (tx) => {
      const activities = [anActivity({ trades: ['77310000'] })];
      const { id: _, ...profile } = anEnterprise({ activities });
      await service.app
        .get(RegistryService)
        .changeProfile(tx, SYSTEM, ids.get(other)!, profile, service.clock.today());
    });
    await eventually(async () => {
      const { text } = await other.browser.get(opportunity);
      return text.includes('ne correspond plus') ? text : null;
    });
    const board = await contractor.browser.get(`/contractor/tenders/${tenderId}/board`);
    expect(board.text).toContain(ENTERPRISES[1]);
    expect((await other.browser.get(opportunity)).text).toContain('ne correspond plus');
    const more = other.browser.put(`/api/v1/opportunities/${packageId}/answer`);
    expect((await more.send({ kind: 'part', part: 'Le rez' })).status).toBe(409);
    expect((await other.browser.get(`${opportunity}/award`)).text).toContain('À lundi');
    service.clock.advanceMs(60_000);
    expect((await post(other, `${opportunity}/award`, { act: 'confirm' })).headers.location).toBe(
      opportunity,
    );
    expect((await post(other, `${opportunity}/award`, { act: 'refuse' })).status).toBe(409);
    await mailTo(contractor, `Confirmé par ${ENTERPRISES[1]}`);
    const regret = await mailTo(asker, 'Réponse non retenue');
    const page = (await asker.browser.get(opportunity)).text;
    expect(page).toContain('Le travail est confié à une autre entreprise.');
    for (const text of [regret.body, regret.html, page]) expect(text).not.toContain(ENTERPRISES[1]);
    for (const path of ['answer', 'questions']) {
      const sent = path === 'answer' ? { kind: 'full' } : { text: 'Encore une question ?' };
      const url = `/api/v1/opportunities/${packageId}/${path}`;
      const late = path === 'answer' ? asker.browser.put(url) : asker.browser.post(url);
      expect((await late.send(sent)).status).toBe(409);
    }
    const { body: decided } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/decisions`);
    expect(decided.items.map(({ state }: { state: string }) => state).sort()).toEqual([
      'confirmed',
      'declined',
    ]);
    const workingGroup = await service.signIn({ role: 'working-group' });
    const { body: uptake } = await workingGroup.browser.get('/api/v1/uptake');
    const figures = uptake.figures as { key: string; numerator: number }[];
    expect(Object.fromEntries(figures.map(({ key, numerator }) => [key, numerator]))).toMatchObject({
      retained: 1,
      awarded: 1,
      confirmed: 1,
    });
    const [past] = await service.database.transaction(SYSTEM, (tx) =>
      trackRecords(tx, service.clock.now(), 30).then((found) =>
        found.filter(({ engagements }) => engagements.length > 0),
      ),
    );
    expect(past!.engagements).toMatchObject([{ packageId }]);
  });

  it('lets nobody confirm what was not awarded to them, by row security and constraints alone', async () => {
    const forge = (person: SignedInBrowser, state: string) =>
      service.database.transaction(person.actor, (tx) =>
        rows(
          tx,
          `INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id,
                                         state, whole, reason, recorded)
           SELECT $1, contractor_organisation_id, organisation_id, tender_id, package_id, id, $2, true,
                  CASE WHEN $2 = 'declined' THEN 'dates' END, tstzrange(now(), NULL)
           FROM answers.answer WHERE upper_inf(recorded) LIMIT 1`,
          [randomUUID(), state],
        ),
      );
    await expect(forge(asker, 'confirmed')).rejects.toThrow(/nothing was awarded/);
    await expect(forge(asker, 'retained')).rejects.toThrow(/row-level security/);
    await expect(forge(contractor, 'confirmed')).rejects.toThrow(/nothing was awarded|row-level security/);
    const closed = service.database.transaction(asker.actor, (tx) =>
      rows(tx, `INSERT INTO answers.closed_package VALUES ($1, $2, now())`, [
        randomUUID(),
        contractor.actor.organisationId,
      ]),
    );
    await expect(closed).rejects.toThrow(/row-level security/);
    const seen = await service.database.transaction(unmatched.actor, (tx) =>
      rows(tx, `SELECT 1 FROM answers.decision UNION ALL SELECT 1 FROM answers.closed_package`),
    );
    expect(seen).toEqual([]);
  });
});
