import { rows } from '../../src/platform/db/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { CREWS, signInCrews } from './crews.js';
import { publishTender } from './publish.js';

describe('a contractor that asks a team for an offer', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let crews: SignedInBrowser[];
  let tenderId: string;
  let packageId: string;
  let page: string;

  const system = <T extends object>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
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
  const seen = async (person: SignedInBrowser, path: string): Promise<string> =>
    (await person.browser.get(path)).text;
  const namesIn = (text: string): string[] =>
    CREWS.map(({ name }) => name).filter((name) => text.includes(name));
  const placeOf = async (person: SignedInBrowser): Promise<string> => {
    const [place] = await system<{ id: string }>(
      `SELECT place_id AS id FROM answers.team_partner WHERE organisation_id = $1 AND package_id = $2`,
      [person.actor.organisationId, packageId],
    );
    return place!.id;
  };
  const request = async (person: SignedInBrowser): Promise<string> =>
    `/enterprise/teams/${await placeOf(person)}`;
  const partnersReadBy = (person: SignedInBrowser) =>
    service.database.transaction(person.actor, (tx) =>
      rows<{ id: string }>(
        tx,
        `SELECT organisation_id AS id FROM answers.team_partner WHERE package_id = $1`,
        [packageId],
      ),
    );
  /** The address of the first team that is proposed. */
  const proposed = async (): Promise<string> => {
    const href = /href="([^"]+\/team\?team=[^"]+)"/.exec(await seen(contractor, page))![1]!;
    return href.replaceAll('&amp;', '&');
  };
  const keyOf = (href: string): string => new URL(href, 'http://x').searchParams.get('team')!;

  async function publish(): Promise<void> {
    tenderId = await publishTender(contractor, ['45442100']);
    packageId = await eventually(async () => {
      const found = await system<{ id: string }>(
        `SELECT package_id AS id FROM matching.match WHERE tender_id = $1 AND upper_inf(recorded) AND verdict = 'partial'`,
        [tenderId],
      );
      return found.length === CREWS.length ? found[0]!.id : null;
    });
    page = `/contractor/tenders/${tenderId}/packages/${packageId}/team`;
  }

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    crews = await signInCrews(service);
    await publish();
  });
  afterAll(() => service.stop());

  let first: SignedInBrowser;
  let second: SignedInBrowser;
  let third: SignedInBrowser;

  it('sees what teams could do, without names, and asks each member for its part', async () => {
    for (const from of [`/contractor/tenders/${tenderId}/board`, page.replace(/\/team$/, '')])
      expect(await seen(contractor, from)).toContain(`href="${page}"`);
    expect(namesIn(await seen(contractor, page))).toEqual([]);
    const stranger = await service.signIn({ role: 'contractor' });
    expect((await stranger.browser.get(page)).status).toBe(404);
    expect((await post(stranger, page, { team: 'x' })).status).toBe(404);

    const href = await proposed();
    const form = await seen(contractor, href);
    expect([form.includes('name="part1"'), form.includes('name="part2"')]).toEqual([true, false]);
    const key = keyOf(href);
    const wanted = { team: key, part0: 'Le hall', part1: 'Les bureaux', message: 'Visite le 3 mars' };
    expect((await post(contractor, page, { ...wanted, part1: ' ' })).status).toBe(422);
    expect((await post(contractor, page, { ...wanted, team: 'another' })).status).toBe(409);
    expect((await post(contractor, page, wanted)).headers.location).toBe(page);
    expect((await post(contractor, page, wanted)).status).toBe(409);

    const asked = await system<{ id: string }>(
      `SELECT k.organisation_id AS id FROM answers.team_partner k JOIN answers.team_place p ON p.id = k.place_id ORDER BY p.part`,
    );
    const crewOf = (id: string) => crews.find(({ actor }) => actor.organisationId === id)!;
    [first, second] = asked.map(({ id }) => crewOf(id)) as [SignedInBrowser, SignedInBrowser];
    third = crews.find((one) => one !== first && one !== second)!;
    expect(asked).toHaveLength(2);
    const mail = await mailTo(first, 'Une offre en équipe', 'Le hall', 'Visite le 3 mars');
    expect([mail.all.includes(nameOf(second)), /\b(mail|team)\.[a-z]/.test(mail.all)]).toEqual([
      false,
      false,
    ]);
    await mailTo(second, 'Une offre en équipe', 'Les bureaux');
    expect(namesIn(await seen(contractor, page))).toEqual([]);
    expect(await seen(contractor, page)).toContain('0 entreprises sur 2');
    expect(await partnersReadBy(contractor)).toEqual([]);
  });

  it('counts who agreed, and asks somebody else for a part that was declined', async () => {
    expect((await third.browser.get(await request(first))).status).toBe(404);
    expect((await post(third, await request(first), { act: 'accept' })).status).toBe(404);
    service.clock.advanceMs(1000);
    expect((await post(first, await request(first), { act: 'accept' })).status).toBe(303);
    expect(await seen(contractor, page)).toContain('1 entreprises sur 2');
    expect(await partnersReadBy(contractor)).toEqual([]);
    expect(await seen(second, await request(second))).not.toContain(nameOf(first));
    expect(await partnersReadBy(second)).toEqual([{ id: second.actor.organisationId }]);

    const gap = await placeOf(second);
    expect((await post(contractor, `${page}/${gap}/replacement`)).status).toBe(409);
    service.clock.advanceMs(1000);
    expect((await post(second, await request(second), { act: 'decline' })).status).toBe(303);
    const told = await mailTo(contractor, 'Du nouveau dans l’équipe', 'A refusé', page);
    expect(namesIn(told.all)).toEqual([]);
    expect(await seen(contractor, page)).toContain('Une part est libre');
    const stranger = await service.signIn({ role: 'contractor' });
    expect((await post(stranger, `${page}/${gap}/replacement`)).status).toBe(404);
    service.clock.advanceMs(1000);
    expect((await post(contractor, `${page}/${gap}/replacement`)).headers.location).toBe(page);
    expect((await post(contractor, `${page}/${gap}/replacement`)).status).toBe(409);
    await mailTo(third, 'Une offre en équipe', 'Les bureaux', 'Visite le 3 mars');
    expect((await second.browser.get(`/enterprise/teams/${gap}`)).status).toBe(404);
  });

  it('learns the names once all agreed, and gets the joint answer from the one that leads', async () => {
    service.clock.advanceMs(1000);
    const accepted = await post(third, await request(third), { act: 'accept' });
    const [led] = await system<{ lead: string }>(
      `SELECT organisation_id AS lead FROM answers.team WHERE package_id = $1`,
      [packageId],
    );
    const lead = crews.find(({ actor }) => actor.organisationId === led!.lead)!;
    const partner = lead === first ? third : first;
    expect([first, third]).toContain(lead);
    const teamPath = `/enterprise/opportunities/${packageId}/team`;
    expect(accepted.headers.location).toBe(lead === third ? teamPath : await request(third));
    for (const person of [first, third, contractor]) {
      const mail = await mailTo(person, 'Équipe formée', nameOf(lead), nameOf(partner));
      expect(mail.all).not.toMatch(/\b(mail|team)\.[a-z]/);
    }
    const shown = await seen(contractor, page);
    expect([
      shown.includes(nameOf(first)),
      shown.includes(nameOf(third)),
      shown.includes(nameOf(second)),
    ]).toEqual([true, true, false]);
    expect(await seen(lead, teamPath)).toContain('Donner la réponse commune');
    expect(await seen(partner, await request(partner))).toContain(nameOf(lead));
    expect((await post(contractor, `${page}/end`)).status).toBe(303);
    expect(await seen(lead, teamPath)).toContain(nameOf(partner));

    service.clock.advanceMs(1000);
    expect((await post(lead, `/enterprise/opportunities/${packageId}/answer`, { kind: 'team' })).status).toBe(
      303,
    );
    const board = await seen(contractor, `/contractor/tenders/${tenderId}/board`);
    expect([board.includes('Équipe complète'), board.includes('Les bureaux')]).toEqual([true, true]);
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`);
    const decision = `/contractor/tenders/${tenderId}/answers/${body.items[0].id}/decision`;
    expect((await post(contractor, decision, { act: 'award', seen: '' })).status).toBe(303);
  });

  it('can take the request back; nobody is asked twice for the same work', async () => {
    service.clock.advanceMs(1000);
    contractor = await service.signIn({ role: 'contractor' });
    await publish();
    const path = `/api/v1/work-packages/${packageId}/team`;
    const call = (method: 'post' | 'delete', body: object = {}) =>
      contractor.browser[method](path).set('x-form-token', contractor.formToken).send(body);
    const { body: before } = await contractor.browser.get(path);
    const [proposal] = before.proposals;
    expect([before.call, proposal]).toMatchObject([null, { key: keyOf(await proposed()), coverage: 1 }]);
    const wanted = { team: proposal.key, parts: ['Le hall', 'Les bureaux'] };
    const wrong = await call('post', { ...wanted, parts: ['Le hall'] });
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ pointer: '/parts/1' }]]);
    const asking = await call('post', wanted);
    expect([asking.status, asking.body]).toMatchObject([
      201,
      {
        call: { agreed: 0, asked: 2, lead: null, places: [{ partner: null }, { partner: null }] },
        proposals: [],
      },
    ]);
    expect(namesIn(asking.text)).toEqual([]);
    expect((await call('post', wanted)).status).toBe(409);
    const [asked] = await system<{ id: string }>(
      `SELECT organisation_id AS id FROM answers.team_partner WHERE package_id = $1`,
      [packageId],
    );
    const member = crews.find(({ actor }) => actor.organisationId === asked!.id)!;
    const place = await request(member);
    service.clock.advanceMs(1000);
    expect((await call('delete')).status).toBe(204);
    expect((await post(contractor, `${page}/end`)).status).toBe(303);
    await mailTo(member, 'Du nouveau dans l’équipe', 'Place fermée');
    expect((await post(member, place, { act: 'accept' })).status).toBe(409);
    expect(await seen(contractor, page)).toContain('Aucune équipe à proposer');
    const closed = await post(contractor, page.replace(/\/team$/, '/withdrawal'), {
      reason: 'cancelled',
      message: '',
    });
    expect(closed.status).toBe(303);
    expect((await contractor.browser.get(page)).status).toBe(409);
  });
});
