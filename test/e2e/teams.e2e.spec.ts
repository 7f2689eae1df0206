import { rows } from '../../src/platform/db/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { CREWS, signInCrews } from './crews.js';
import { publishTender } from './publish.js';

describe('enterprises that answer together', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let lead: SignedInBrowser;
  let crews: SignedInBrowser[];
  let tenderId: string;
  let packageId: string;
  let teamPath: string;

  const system = <T extends object>(sql: string, params: readonly unknown[]): Promise<T[]> =>
    service.database.transaction(SYSTEM, (tx) => rows<T>(tx, sql, params));
  const post = (person: SignedInBrowser, path: string, fields: Record<string, string> = {}) =>
    person.browser
      .post(path)
      .type('form')
      .send({ _token: person.formToken, ...fields });
  const mailTo = (person: SignedInBrowser, ...containing: readonly string[]): Promise<{ all: string }> =>
    eventually(async () => {
      const found = await system<{ all: string }>(
        `SELECT subject || body || html AS "all" FROM platform.outbox_mail WHERE recipient LIKE $1`,
        [`%${person.email}%`],
      );
      return found.find(({ all }) => containing.every((text) => all.includes(text))) ?? null;
    });
  const nameOf = (person: SignedInBrowser): string => CREWS[crews.indexOf(person)]!.name;
  const numberOf = (person: SignedInBrowser): string => CREWS[crews.indexOf(person)]!.number;
  const seen = async (person: SignedInBrowser, path: string): Promise<string> =>
    (await person.browser.get(path)).text;
  const board = (): Promise<string> => seen(contractor, `/contractor/tenders/${tenderId}/board`);
  const placesOf = async (person: SignedInBrowser): Promise<string[]> =>
    (
      await system<{ id: string }>(
        `SELECT place_id AS id FROM answers.team_partner WHERE organisation_id = $1 ORDER BY place_id DESC`,
        [person.actor.organisationId],
      )
    ).map(({ id }) => id);
  const invitation = { part: 'Les bureaux, 300 m²', leadPart: 'Le hall', message: 'Travaillons ensemble' };

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    crews = await signInCrews(service);
    lead = crews[0]!;
    tenderId = await publishTender(contractor, ['45442100']);
    packageId = await eventually(async () => {
      const { body } = await lead.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
    teamPath = `/enterprise/opportunities/${packageId}/team`;
  });
  afterAll(() => service.stop());

  let partner: SignedInBrowser;
  let third: SignedInBrowser;
  let decisionPath: string;

  it('are proposed without names, and asked without the lead knowing whom', async () => {
    const early = await post(lead, teamPath, {
      partner: 'number',
      partnerNumber: CREWS[1].number,
      ...invitation,
    });
    expect(early.status).toBe(409);
    const answered = await post(lead, `/enterprise/opportunities/${packageId}/answer`, { kind: 'team' });
    expect(answered.headers.location).toBe(teamPath);
    const page = await seen(lead, teamPath);
    const proposal = /value="(covers [^"]+)"/.exec(page)![1]!;
    for (const { name } of CREWS.slice(1)) expect(page).not.toContain(name);
    expect((await post(lead, teamPath, { partner: proposal, part: 'x' })).status).toBe(422);
    service.clock.advanceMs(1000);
    expect((await post(lead, teamPath, { partner: proposal, ...invitation })).headers.location).toBe(
      teamPath,
    );

    const [asked] = await system<{ id: string }>(
      `SELECT organisation_id AS id FROM answers.team_partner`,
      [],
    );
    partner = crews.find(({ actor }) => actor.organisationId === asked!.id)!;
    third = crews.find((one) => one !== partner && one !== lead)!;
    const mail = await mailTo(partner, CREWS[0].name, 'Travaillons ensemble');
    expect(mail.all).not.toMatch(/\b(mail|team)\.[a-z]/);
    const after = await seen(lead, teamPath);
    expect(after).toContain('pas encore nommée');
    expect(after).not.toContain(nameOf(partner));
    // Row security alone keeps the name from the lead, the contractor and the other enterprise.
    for (const person of [lead, contractor, third]) {
      const names = service.database.transaction(person.actor, (tx) =>
        rows(tx, `SELECT 1 FROM answers.team_partner`),
      );
      expect(await names).toEqual([]);
    }
    expect(await board()).toContain('n’a pas encore répondu');
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`);
    decisionPath = `/contractor/tenders/${tenderId}/answers/${body.items[0].id}/decision`;
    const award = await post(contractor, decisionPath, { act: 'award', seen: '' });
    expect([award.status, award.text.includes('L’équipe n’est pas complète')]).toEqual([422, true]);
  });

  it('are named once they accept: to the lead, to each other, and to the contractor when all have', async () => {
    const request = `/enterprise/teams/${(await placesOf(partner))[0]}`;
    expect((await third.browser.get(request)).status).toBe(404);
    expect((await post(third, request, { act: 'accept' })).status).toBe(404);
    expect((await post(lead, request, { act: 'accept' })).status).toBe(404);
    const shown = await seen(partner, request);
    expect(shown).toContain('Travaillons ensemble');
    expect(await seen(partner, '/enterprise/opportunities')).toContain(request);
    service.clock.advanceMs(1000);
    expect((await post(partner, request, { act: 'accept' })).headers.location).toBe(request);
    expect((await post(partner, request, { act: 'decline' })).status).toBe(409);
    expect(await seen(lead, teamPath)).toContain(nameOf(partner));
    await mailTo(lead, nameOf(partner), 'A accepté');
    await mailTo(contractor, 'Équipe complète', nameOf(partner));
    expect(await board()).toContain(nameOf(partner));
    expect(await board()).toContain('Les bureaux, 300 m²');

    const named = { partner: 'number', ...invitation, part: 'Les plafonds' };
    expect((await post(lead, teamPath, { ...named, partnerNumber: '0999999999' })).status).toBe(422);
    expect((await post(lead, teamPath, { ...named, partnerNumber: numberOf(partner) })).status).toBe(422);
    service.clock.advanceMs(1000);
    expect((await post(lead, teamPath, { ...named, partnerNumber: numberOf(third) })).status).toBe(303);
    // Not all have consented any more: the joint answer waits, and so do the names.
    expect(await board()).toContain('n’a pas encore répondu');
    const visible = service.database.transaction(contractor.actor, (tx) =>
      rows(tx, `SELECT 1 FROM answers.team_partner`),
    );
    expect(await visible).toEqual([]);
    const place = (await placesOf(third))[0]!;
    expect(await seen(partner, request)).not.toContain(nameOf(third));
    service.clock.advanceMs(1000);
    expect((await post(third, `/enterprise/teams/${place}`, { act: 'decline' })).status).toBe(303);
    expect((await third.browser.get(`/enterprise/teams/${place}`)).status).toBe(404);
    await mailTo(lead, 'Les plafonds', 'A refusé');
    expect(await board()).toContain('une place est libre');
    expect((await post(third, `${teamPath}/${place}/removal`)).status).toBe(404);
    expect((await post(lead, `${teamPath}/${place}/removal`)).status).toBe(303);
    expect(await board()).toContain(nameOf(partner));
  });

  it('hand the lead over to one that takes it, and the joint answer with it', async () => {
    const [place] = await placesOf(partner);
    const offer = `${teamPath}/${place!}/lead`;
    const answer = `/enterprise/teams/${place!}/lead`;
    for (const stranger of [third, partner]) expect((await post(stranger, offer)).status).toBe(404);
    expect((await post(partner, answer, { act: 'take' })).status).toBe(409);
    expect((await post(lead, offer)).status).toBe(303);
    const asked = await mailTo(partner, 'Qui mène l’équipe', nameOf(lead), 'Vous propose de mener');
    expect(asked.all).not.toMatch(/\b(mail|team)\.[a-z]/);
    expect(await seen(partner, `/enterprise/teams/${place!}`)).toContain('Mener l’équipe');
    for (const stranger of [third, lead])
      expect((await post(stranger, answer, { act: 'take' })).status).toBe(404);
    expect((await post(partner, answer, { act: 'decline' })).status).toBe(303);
    await mailTo(lead, 'Qui mène l’équipe', 'Ne veut pas mener');
    await post(lead, offer);
    await post(lead, offer, { act: 'keep' });
    expect((await post(partner, answer, { act: 'take' })).status).toBe(409);

    service.clock.advanceMs(1000);
    const joint = lead.browser.post(`/enterprise/opportunities/${packageId}/answer`);
    const sent = await joint
      .field({ _token: lead.formToken, kind: 'team', message: 'Voir le plan' })
      .attach('files', Buffer.from('%PDF-1.7 plan'), 'plan.pdf');
    expect(sent.status).toBe(303);
    await post(lead, offer);
    service.clock.advanceMs(1000);
    // The package changed: nobody confirms that for the one who answered.
    const version = (by: number) =>
      system(`UPDATE tenders.work_package SET version = version + $2 WHERE id = $1 RETURNING id`, [
        packageId,
        by,
      ]);
    await version(1);
    expect((await post(partner, answer, { act: 'take' })).status).toBe(409);
    await version(-1);
    const thirdByNumber = { partner: 'number', partnerNumber: numberOf(third), ...invitation };
    expect((await post(lead, teamPath, thirdByNumber)).status).toBe(303);
    expect(await seen(lead, teamPath)).toContain(nameOf(third));
    service.clock.advanceMs(1000);
    expect((await post(partner, answer, { act: 'take' })).headers.location).toBe(teamPath);
    // Its former lead knew its number; it has consented to nobody.
    expect(await seen(partner, teamPath)).not.toContain(nameOf(third));
    const [asking] = await placesOf(third);
    expect((await post(partner, `${teamPath}/${asking!}/removal`)).status).toBe(303);
    expect((await post(partner, answer, { act: 'take' })).status).toBe(404);
    await mailTo(lead, 'Qui mène l’équipe', nameOf(partner), 'Mène l’équipe');
    const answers = async () =>
      (await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`)).body.items as { id: string }[];
    expect(await answers()).toMatchObject([{ kind: 'team', enterprise: nameOf(partner) }]);
    for (const words of ['Équipe complète', 'Le hall', 'Voir le plan'])
      expect(await board()).toContain(words);
    const compared = `/contractor/tenders/${tenderId}/packages/${packageId}/answers`;
    expect(await seen(contractor, compared)).toContain('plan.pdf');
    const [own] = await placesOf(lead);
    expect(await seen(lead, `/enterprise/teams/${own!}`)).toContain(nameOf(partner));
    expect((await post(lead, `${teamPath}/${own!}/removal`)).status).toBe(404);

    // And back again.
    const put = (person: SignedInBrowser, path: string, body: object) =>
      person.browser.put(`/api/v1${path}`).set('x-form-token', person.formToken).send(body);
    const toOwn = { placeId: own, act: 'offer' };
    expect((await put(third, `/opportunities/${packageId}/team/lead`, toOwn)).status).toBe(404);
    expect((await put(partner, `/opportunities/${packageId}/team/lead`, toOwn)).status).toBe(204);
    service.clock.advanceMs(1000);
    expect((await put(third, `/team-requests/${own!}/lead`, { act: 'take' })).status).toBe(404);
    expect((await put(lead, `/team-requests/${own!}/lead`, { act: 'take' })).status).toBe(204);
    const [back] = await answers();
    expect(back).toMatchObject({ kind: 'team', enterprise: nameOf(lead) });
    decisionPath = `/contractor/tenders/${tenderId}/answers/${back!.id}/decision`;
    expect(await board()).toContain('Les bureaux, 300 m²');
  });

  /** The same acts as on the pages, as programs take them. */
  async function thirdJoinsByPrograms(): Promise<void> {
    const team = `/api/v1/opportunities/${packageId}/team`;
    const call = (
      person: SignedInBrowser,
      method: 'post' | 'put' | 'delete',
      path: string,
      body: object = {},
    ) => person.browser[method](path).set('x-form-token', person.formToken).send(body);
    const asked = { enterpriseNumber: numberOf(third), ...invitation };
    expect((await call(lead, 'post', `${team}/places`, { ...asked, part: '' })).status).toBe(422);
    const unknown = await call(lead, 'post', `${team}/places`, { ...asked, enterpriseNumber: '0999999999' });
    expect(unknown.body.type).toContain('partner-unknown');
    const invited = await call(lead, 'post', `${team}/places`, asked);
    expect([invited.status, invited.body]).toMatchObject([
      201,
      { standing: 'waiting', leadPart: 'Le hall', places: [{ state: 'invited', partner: nameOf(third) }] },
    ]);
    expect((await call(lead, 'post', `${team}/places`, asked)).status).toBe(409);
    const { body: list } = await third.browser.get('/api/v1/team-requests');
    const [request] = list.items;
    expect([list.next, request]).toMatchObject([
      null,
      { packageId, lead: nameOf(lead), message: 'Travaillons ensemble', acts: ['accept', 'decline'] },
    ]);
    const goOn = (after: string) => third.browser.get(`/api/v1/team-requests?after=${after}`);
    expect((await goOn(request.id)).body).toEqual({ items: [], next: null });
    const gone = await goOn(packageId);
    expect([gone.status, gone.body.errors]).toMatchObject([422, [{ pointer: '/after' }]]);
    const path = `/api/v1/team-requests/${request.id}`;
    for (const other of [lead, partner, contractor])
      expect((await call(other, 'put', `${path}/response`, { act: 'accept' })).status).not.toBe(204);
    expect((await call(third, 'put', `${path}/response`, { act: 'stay' })).status).toBe(422);
    service.clock.advanceMs(1000);
    expect((await call(third, 'put', `${path}/response`, { act: 'accept' })).status).toBe(204);
    expect((await call(third, 'put', `${path}/response`, { act: 'accept' })).status).toBe(409);
    expect((await third.browser.get(path)).body).toMatchObject({ state: 'accepted', acts: ['leave'] });
    const closed = await call(third, 'delete', `${team}/places/${request.id}`);
    expect(closed.status).toBe(404);
    expect((await lead.browser.get(team)).body).toMatchObject({ standing: 'complete', proposals: [] });
  }

  it('may leave: the gap opens again, and is filled by somebody else', async () => {
    const place = (await placesOf(partner))[0]!;
    service.clock.advanceMs(1000);
    expect((await post(partner, `/enterprise/teams/${place}`, { act: 'leave' })).status).toBe(303);
    await mailTo(lead, nameOf(partner), 'A quitté');
    expect(await seen(lead, teamPath)).toContain('Une place est libre');
    expect(await board()).not.toContain('Les bureaux, 300 m²');
    expect((await post(lead, `${teamPath}/${place}/removal`)).status).toBe(303);
    service.clock.advanceMs(1000);
    await thirdJoinsByPrograms();
    expect(await board()).toContain('Équipe complète');
  });

  it('win together: the lead confirms, the partners are told, and nobody leaves by a click', async () => {
    service.clock.advanceMs(1000);
    expect((await post(contractor, decisionPath, { act: 'award', seen: '' })).status).toBe(303);
    service.clock.advanceMs(1000);
    const award = `/enterprise/opportunities/${packageId}/award`;
    expect((await post(third, award, { act: 'confirm' })).status).toBe(404);
    expect((await post(lead, award, { act: 'confirm' })).status).toBe(303);
    const told = await mailTo(third, 'Décision pour votre équipe', 'Attribuée et confirmée');
    expect(told.all).not.toMatch(/\b(mail|decision)\.[a-z]/);
    const place = (await placesOf(third))[0]!;
    expect((await post(third, `/enterprise/teams/${place}`, { act: 'leave' })).status).toBe(409);
    expect((await post(lead, `${teamPath}/${place}/removal`)).status).toBe(409);
    expect((await post(lead, `${teamPath}/${place}/lead`)).status).toBe(409);
    const forged = service.database.transaction(lead.actor, (tx) =>
      rows(tx, `UPDATE answers.team_place SET state = 'accepted' RETURNING id`),
    );
    expect(await forged).toEqual([]);
  });
});
