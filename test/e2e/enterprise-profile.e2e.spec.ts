import { enterpriseOfOrganisation, RegistryService } from '../../src/registry/index.js';
import { maybeRow } from '../../src/platform/db/index.js';
import { addDays } from '../../src/kernel/index.js';
import { DayTurn } from '../../src/pipeline/day-turn.js';
import { LegalBasisService } from '../../src/legal-basis/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';

const PASSWORD = 'une phrase assez longue';

describe('an enterprise that registers itself', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
    await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(LegalBasisService).load(tx, service.clock.now()),
    );
  });
  afterAll(() => service.stop());

  const tokenIn = (html: string): string => /name="_token" value="([^"]+)"/.exec(html)![1]!;
  const versionIn = (html: string): string => /name="version" value="([^"]*)"/.exec(html)![1]!;
  const mailBody = (address: string) =>
    eventually(async () => {
      const found = await service.database.transaction(SYSTEM, (tx) =>
        maybeRow<{ body: string }>(
          tx,
          'SELECT body FROM platform.outbox_mail WHERE recipient = $1 ORDER BY sent_at DESC LIMIT 1',
          [address],
        ),
      );
      return found?.body ?? null;
    });
  const asks = async (fields: Record<string, string>) => {
    const browser = service.visitor();
    browser.set({ 'sec-fetch-site': 'same-origin' });
    const page = await browser.get('/register?lang=fr');
    const answer = await browser
      .post('/register')
      .type('form')
      .send({ _token: tokenIn(page.text), ...fields });
    return { browser, answer };
  };
  const ABOUT = {
    name: 'Ateliers neufs',
    kind: 'WAL_EI',
    contactEmail: 'contact@neufs.example',
    address: 'Rue du Fer 1',
    postalCode: '4100',
    municipality: 'Seraing',
    openToTeams: 'yes',
  };
  const about = async (who: SignedInBrowser, change: Record<string, string> = {}) => {
    const page = await who.browser.get('/enterprise/profile/about');
    return who.post('/enterprise/profile/about', { ...ABOUT, version: versionIn(page.text), ...change });
  };
  const ACTIVITY = { trades: '45431000', modes: 'works-or-service', zone: 'radius', km: '20' };
  const activity = async (who: SignedInBrowser, change: Record<string, string | string[]> = {}) => {
    // What is recorded in one instant is known from the next one on.
    service.clock.advanceMs(1000);
    const page = await who.browser.get('/enterprise/profile/activities/new');
    return who.post('/enterprise/profile/activities/new', {
      ...ACTIVITY,
      version: versionIn(page.text),
      ...(change as Record<string, string>),
    });
  };

  it('is there once its address is confirmed, and not before', async () => {
    const { answer } = await asks({
      enterpriseNumber: 'BE 0123.456.749',
      organisationName: 'Ateliers neufs',
      name: 'Zoé Martin',
      email: 'zoe@neufs.example',
      language: 'de',
    });
    expect(answer.status).toBe(200);
    const body = await mailBody('zoe@neufs.example');
    // In the language that was chosen, on a page in another.
    expect(body).toContain('eintragen');
    const path = /http:\/\/localhost(\/register\/[\w-]+)/.exec(body)![1]!;
    const organisations = () =>
      service.database.transaction(SYSTEM, (tx) =>
        maybeRow(tx, `SELECT 1 FROM accounts.organisation WHERE enterprise_number = '0123456749'`),
      );
    expect(await organisations()).toBeNull();
    const browser = service.visitor();
    browser.set({ 'sec-fetch-site': 'same-origin' });
    const page = await browser.get(path).expect(200);
    expect(page.text).toContain('0123.456.749');
    const confirmed = await browser
      .post(path)
      .type('form')
      .send({ _token: tokenIn(page.text), password: PASSWORD });
    expect([confirmed.status, confirmed.headers['location']]).toEqual([303, '/enterprise/profile/about']);
    expect(await organisations()).not.toBeNull();
    await browser.get('/enterprise/profile').expect(200);
    await browser.get(path).expect(404);
  });

  it('asks again for a number whose check pair is wrong, with all that was entered', async () => {
    const { answer } = await asks({
      enterpriseNumber: '0123.456.740',
      organisationName: 'Nom à garder',
      name: 'Zoé Martin',
      email: 'autre@neufs.example',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Nom à garder');
    expect(answer.text).toContain('numéro d’entreprise valable');
  });

  it('sends who has an account the way back into it, and says nothing of that on the page', async () => {
    const someone = await service.signIn({ role: 'contractor' });
    const { answer } = await asks({
      enterpriseNumber: '0123456749',
      organisationName: 'X',
      name: 'Y',
      email: someone.email,
    });
    expect(answer.status).toBe(200);
    expect(await mailBody(someone.email)).toContain('/password/');
  });

  it('tells what it is, what it may and what it does, and finds itself in the register', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    expect((await who.browser.get('/enterprise/profile')).text).toContain('Commencer');
    expect((await about(who)).status).toBe(303);
    const stated = await who.post('/enterprise/profile/approvals/new', {
      kind: 'WAL_EI',
      reference: 'EI-2026/7',
      validFrom: '1/1/2026',
      validUntil: '31/12/2027',
    });
    expect(stated.status).toBe(303);
    const search = await activity(who, { do: 'search', search: 'carrelage' });
    expect(search.status).toBe(200);
    expect(search.text).toContain('value="45431000"');
    expect(
      (
        await activity(who, {
          minValue: '5.000,00',
          maxValue: '80 000',
          hoursPerWeek: '120',
          months: ['4', '3'],
        })
      ).status,
    ).toBe(303);
    service.clock.advanceMs(1000);
    const page = await who.browser.get('/enterprise/profile').expect(200);
    expect(page.text).toContain('EI-2026/7');
    expect(page.text).toContain('À vérifier');
    expect(page.text).toContain('mars, avril');
    expect(page.text).toMatch(/\d+ communes belges sur 5\d\d sont servies/);
    const now = service.clock.now();
    const [kept] = await service.database.transaction(SYSTEM, (tx) =>
      service.app
        .get(RegistryService)
        .asOf(tx, null, { on: '2026-11-24', knownAt: new Date(now.getTime() + 1000) })
        .then((all) => all.filter(({ organisationId }) => organisationId === who.actor.organisationId)),
    );
    expect(kept!.enterprise).toMatchObject({
      kind: 'WAL_EI',
      location: { postalCode: '4100', nis: '62096' },
      approvals: [{ kind: 'WAL_EI', state: 'pending', validFrom: '2026-01-01', validUntil: '2027-12-31' }],
      activities: [
        {
          trades: ['45431000'],
          zone: { type: 'radius', km: 20 },
          capacity: { minValue: '5000.00', maxValue: '80000', hoursPerWeek: 120, months: [3, 4] },
        },
      ],
    });
  });

  it.each([
    ['a code postal nobody has', { postalCode: '1' }, 'postalCode'],
    ['a kind nobody knows', { kind: 'WAL_NOTHING' }, 'kind'],
    ['an address that is none', { contactEmail: 'nobody' }, 'contactEmail'],
  ])('is asked again about %s', async (_, change, field) => {
    const who = await service.signIn({ role: 'enterprise' });
    const answer = await about(who, change as Record<string, string>);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`href="#${field}"`);
    expect(answer.text).toContain('Ateliers neufs');
  });

  it.each([
    ['no trade', { trades: '' }, 'search'],
    ['a trade that does not exist', { trades: '99999999' }, 'trades'],
    ['a radius without kilometres', { km: '' }, 'km'],
    ['a radius that goes around the earth', { km: '40000' }, 'km'],
    ['a month that does not exist', { months: '13' }, 'months'],
    ['a zone of no known form', { zone: 'circle' }, 'zone'],
    ['a day that does not exist', { from: '30/2/2027' }, 'from'],
    ['an amount that can be read two ways', { maxValue: '80.000' }, 'maxValue'],
    ['amounts the wrong way round', { minValue: '9000', maxValue: '10' }, 'minValue'],
    ['a place nobody knows', { zone: 'areas', places: 'Atlantide' }, 'places'],
    ['a name two places have', { zone: 'areas', places: '4100\nSaint-Nicolas' }, 'places'],
  ])('is asked again about an activity with %s', async (_, change, field) => {
    const who = await service.signIn({ role: 'enterprise' });
    await about(who);
    const answer = await activity(who, change as Record<string, string>);
    expect([answer.status, answer.text.includes(`href="#${field}"`)]).toEqual([422, true]);
  });

  it('sees a zone on the map before anything else is told, and keeps nothing by it', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    await about(who);
    const look = { do: 'map', trades: '', modes: '' };
    const radius = await activity(who, look);
    expect([radius.status, radius.text.includes('m-dots__dot--on')]).toEqual([200, true]);
    const country = await activity(who, { ...look, zone: 'country' });
    const served = (html: string): number => html.split('m-dots__dot--on').length - 1;
    expect(served(country.text)).toBeGreaterThan(served(radius.text));
    expect((await activity(who, { ...look, km: 'loin' })).status).toBe(422);
    expect((await who.browser.get('/enterprise/profile')).text).toContain('Aucune activité');
  });

  it('changes and removes what it does; of two who change at once, the second is told', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    await about(who);
    await activity(who);
    service.clock.advanceMs(1000);
    const page = await who.browser.get('/enterprise/profile/activities/0').expect(200);
    expect(page.text).toContain('value="20"');
    const seen = versionIn(page.text);
    service.clock.advanceMs(1000);
    const change = { ...ACTIVITY, zone: 'areas', places: 'Huy', version: seen };
    expect((await who.post('/enterprise/profile/activities/0', change)).status).toBe(303);
    expect((await who.post('/enterprise/profile/activities/0', { ...change, places: 'Liège' })).status).toBe(
      412,
    );
    service.clock.advanceMs(1000);
    const shown = await who.browser.get('/enterprise/profile');
    expect(shown.text).toContain('Huy');
    const removed = await who.post('/enterprise/profile/activities/0/removal', {
      version: versionIn(shown.text),
    });
    expect(removed.status).toBe(303);
    service.clock.advanceMs(1000);
    expect((await who.browser.get('/enterprise/profile')).text).toContain('Aucune activité');
  });

  it('keeps a zone that no word of the form can say, a district or a name of two municipalities', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    const areas = ['nuts:BE33', 'nuts:BE332', 'nis:61031', 'nis:62093', 'postal:BE-4100'];
    const { id: _, ...profile } = anEnterprise({
      activities: [anActivity({ zone: { type: 'areas', km: null, areas } })],
    });
    await service.database.transaction(SYSTEM, (tx) =>
      service.app
        .get(RegistryService)
        .register(tx, SYSTEM, profile, { organisationId: who.actor.organisationId! }),
    );
    service.clock.advanceMs(1000);
    const page = (await who.browser.get('/enterprise/profile/activities/0').expect(200)).text;
    const places = /<textarea[^>]*name="places"[^>]*>([^<]*)</.exec(page)![1]!;
    expect(places.split('\n').toSorted()).toEqual(['4100', 'Huy']);
    const regions = [...page.matchAll(/name="regions"[^>]*value="([^"]+)"[^>]*checked/g)].map(
      ([, key]) => key!,
    );
    const again = { ...ACTIVITY, zone: 'areas', places, regions, version: versionIn(page) };
    const sent = who.browser.post('/enterprise/profile/activities/0').type('form');
    await sent.send({ _token: who.formToken, ...again }).expect(303);
    service.clock.advanceMs(1000);
    const kept = await service.database.transaction(SYSTEM, async (tx) => {
      const owned = await enterpriseOfOrganisation(tx, who.actor.organisationId!);
      const now = { on: service.clock.today(), knownAt: service.clock.now() };
      return service.app.get(RegistryService).asOf(tx, [owned!.id], now);
    });
    expect(kept[0]!.enterprise.activities[0]!.zone.areas.toSorted()).toEqual(areas.toSorted());
  });

  it('cannot push a verified approval aside by stating another', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    await about(who);
    const days = { validFrom: '2026-01-01', validUntil: '2027-12-31' };
    const owned = await service.database.transaction(SYSTEM, (tx) =>
      maybeRow<{ id: string }>(tx, 'SELECT id FROM registry.enterprise WHERE organisation_id = $1', [
        who.actor.organisationId,
      ]),
    );
    const verified = {
      kind: 'WAL_EI',
      ...days,
      state: 'verified' as const,
      authority: 'SPW',
      reference: null,
    };
    await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(RegistryService).recordApproval(tx, owned!.id, verified),
    );
    const again = await who.post('/enterprise/profile/approvals/new', { kind: 'WAL_EI', ...days });
    expect(again.status).toBe(422);
    expect(again.text).toContain('couvre déjà ces jours');
  });

  it('counts once an administrator has checked its approval, and not before; nobody else may', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    await about(who);
    await who.post('/enterprise/profile/approvals/new', {
      kind: 'WAL_EI',
      validFrom: '1/1/2026',
      reference: 'EI-9',
    });
    service.clock.advanceMs(1000);
    const desk = await service.signIn({ role: 'administrator' });
    const page = await desk.browser.get('/administrator/approvals').expect(200);
    const rows = page.text.split('m-card"').filter((row) => row.includes('EI-9'));
    const path = /action="(\/administrator\/approvals\/[^"]+)"/.exec(rows[0]!)![1]!;
    expect((await who.post(path, { decision: 'verified' })).status).toBe(403);
    expect((await who.browser.get('/enterprise/profile')).text).toContain('À vérifier');
    expect((await desk.post(path, { decision: 'verified', authority: 'SPW' })).status).toBe(303);
    service.clock.advanceMs(1000);
    const { text } = await who.browser.get('/enterprise/profile');
    for (const words of ['Valable', 'Vérifié le 24 novembre 2026', '>SPW<']) expect(text).toContain(words);
    expect((await desk.post(path, { decision: 'verified' })).status).toBe(404);
  });

  it('says how large its crew is by people where it does not know the hours', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    await about(who);
    const { status, text } = await activity(who, { people: 'quatre' });
    expect([status, text.includes('n’est pas un nombre de personnes')]).toEqual([422, true]);
    expect((await activity(who, { people: '4' })).status).toBe(303);
    expect((await activity(who, { people: '4', hoursPerWeek: '100' })).status).toBe(303);
    service.clock.advanceMs(1000);
    const owned = await service.database.transaction(SYSTEM, (tx) =>
      enterpriseOfOrganisation(tx, who.actor.organisationId!),
    );
    const at = { on: service.clock.today(), knownAt: service.clock.now() };
    const [found] = await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(RegistryService).asOf(tx, [owned!.id], at),
    );
    expect(found!.enterprise.activities.map(({ capacity }) => capacity.hoursPerWeek)).toEqual([152, 100]);
  });

  it('pauses until a day and takes work again on it, whatever else it changes meanwhile', async () => {
    const who = await service.signIn({ role: 'enterprise' });
    await about(who);
    const paused = async (): Promise<boolean> =>
      /est en pause/.test((await who.browser.get('/enterprise/profile').expect(200)).text);
    for (const resumesOn of ['', '24/11/2026', 'septembre']) {
      service.clock.advanceMs(1000);
      const { status, text } = await about(who, { paused: 'until', resumesOn });
      expect([status, text.includes('Entrez un jour à venir')]).toEqual([422, true]);
    }
    const until = addDays(service.clock.today(), 10);
    service.clock.advanceMs(1000);
    const untilThen = { paused: 'until', resumesOn: until, partnerInPause: 'yes' };
    expect((await about(who, untilThen)).status).toBe(303);
    service.clock.advanceMs(1000);
    expect(await paused()).toBe(true);
    expect((await who.browser.get('/enterprise/profile')).text).toContain('On peut encore vous inviter');
    expect((await who.browser.get('/enterprise/profile/about')).text).toContain(`value="${until}"`);
    expect((await activity(who)).status).toBe(303);
    // Sessions do not last as long as the pause.
    const standing = () =>
      service.database.transaction(SYSTEM, async (tx) => {
        const owned = await enterpriseOfOrganisation(tx, who.actor.organisationId!);
        const at = { on: service.clock.today(), knownAt: service.clock.now() };
        const [found] = await service.app.get(RegistryService).asOf(tx, [owned!.id], at);
        return found!.enterprise;
      });
    service.clock.advanceMs(9 * 86_400_000);
    await service.app.get(DayTurn).turn();
    expect(await standing()).toMatchObject({ active: false, resumesOn: until, partnerInPause: true });
    service.clock.advanceMs(86_400_000);
    const resumed = await eventually(async () => {
      await service.app.get(DayTurn).turn();
      service.clock.advanceMs(1000);
      const found = await standing();
      return found.active ? found : null;
    });
    expect(resumed).toMatchObject({ resumesOn: null, activities: [{ trades: ['45431000'] }] });
  });
});
