import fc from 'fast-check';
import { createOrganisation, createPerson, InvitationService } from '../../../src/accounts/index.js';
import type { Actor } from '../../../src/kernel/index.js';
import { rows } from '../../../src/platform/db/index.js';
import { startTestApp, type TestApp } from '../../app.js';
import { SYSTEM } from '../../database.js';

const HOUR = 3_600_000;

type Step =
  | { verb: 'invite'; who: number }
  | { verb: 'wait'; hours: number }
  | { verb: 'read' | 'accept'; nth: number };
const GOOD = 'une phrase assez longue';

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('an invitation', () => {
  let service: TestApp;
  let invitations: InvitationService;
  let organisationId: string;
  let counter = 0;
  beforeAll(async () => {
    service = await startTestApp();
    invitations = service.app.get(InvitationService);
    organisationId = await anOrganisation('enterprise', 'Ateliers Ougrée');
  });
  afterAll(() => service.stop());

  const anOrganisation = (role: 'enterprise' | 'contractor', name: string) =>
    service.database.transaction(SYSTEM, (tx) =>
      createOrganisation(tx, { role, name, language: 'nl' }, service.clock.now()),
    );
  const anEmail = () => `new-${(counter += 1)}@ougree.example`;
  const invite = (email: string, into = organisationId, as: Actor = SYSTEM) =>
    service.database.transaction(as, (tx) =>
      invitations.invite(tx, { organisationId: into, email, name: 'Nadia Leclercq' }),
    );
  const open = async (token: string) => {
    const browser = service.visitor();
    browser.set({ 'sec-fetch-site': 'same-origin' });
    const page = await browser.get(`/invitation/${token}?lang=en`);
    const formToken = /name="_token" value="([^"]+)"/.exec(page.text)?.[1];
    const accept = (password: string) =>
      browser.post(`/invitation/${token}?lang=en`).type('form').send({ _token: formToken, password });
    return { browser, page, accept };
  };

  it('opens once, makes the person in their organisation, and signs them in', async () => {
    const email = anEmail();
    const { token, expiresAt } = await invite(email.toUpperCase());
    expect(expiresAt.getTime() - service.clock.now().getTime()).toBe(72 * HOUR);
    const { browser, page, accept } = await open(token);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Ateliers Ougrée');
    const answer = await accept(GOOD);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/enterprise/opportunities']);
    const me = await browser.get('/api/v1/me').expect(200);
    expect(me.body).toMatchObject({
      email,
      name: 'Nadia Leclercq',
      // of the link that was followed, in this browser
      language: 'en',
      organisation: { id: organisationId, role: 'enterprise' },
    });
    const elsewhere = await service
      .visitor()
      .post('/api/v1/sessions')
      .send({ email, password: GOOD })
      .expect(201);
    expect(elsewhere.body).toMatchObject({ language: 'nl' });
    expect((await open(token)).page.status).toBe(404);
  });

  it('is shown by being opened, and used only by a post', async () => {
    const { token } = await invite(anEmail());
    await open(token);
    await service.visitor().head(`/invitation/${token}`).expect(200);
    expect((await open(token)).page.status).toBe(200);
  });

  it.each([
    ['trop court', 'at least 15'],
    ['Ateliers Ougrée 1', 'mostly your name'],
    ['azertyazertyazerty', 'among the first'],
  ])('asks for another password than %p', async (password, sentence) => {
    const { accept } = await open((await invite(anEmail())).token);
    const again = await accept(password);
    expect(again.status).toBe(422);
    expect(again.text).toContain(sentence);
    expect(again.text).not.toContain(password);
    await accept(GOOD).expect(303);
  });

  it('looks alike when used, late, replaced or made up', async () => {
    const email = anEmail();
    const late = await invite(anEmail());
    const replaced = await invite(email);
    await invite(email);
    const used = await invite(anEmail());
    await (await open(used.token)).accept(GOOD).expect(303);
    service.clock.advanceMs(72 * HOUR);
    const tokens = [late.token, replaced.token, used.token, 'A'.repeat(43), 'short'];
    const pages = await Promise.all(tokens.map(async (token) => (await open(token)).page));
    const shown = pages.map(({ status, text }) => [
      status,
      text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replaceAll(/invitation\/[\w-]+/g, 'link'),
    ]);
    for (const one of shown) expect(one).toEqual(shown[3]);
    expect(shown[3]![0]).toBe(404);
  });

  it('is accepted once when two accept at once', async () => {
    const { token } = await invite(anEmail());
    const [one, other] = [await open(token), await open(token)];
    const answers = await Promise.all([one.accept(GOOD), other.accept(GOOD)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
  });

  it('is not sent where an account exists, nor into no organisation', async () => {
    const email = anEmail();
    await service.database.transaction(SYSTEM, (tx) =>
      createPerson(
        tx,
        { organisationId, email, name: 'X', language: 'fr', passwordHash: null },
        service.clock.now(),
      ),
    );
    expect(await code(invite(email))).toBe('email-taken');
    expect(await code(invite(anEmail(), '018f0000-0000-7000-8000-00000000dead'))).toBe(
      'organisation-unknown',
    );
  });

  it('is sent into one’s own organisation only', async () => {
    const foreign = await anOrganisation('contractor', 'Autre SA');
    const actor: Actor = {
      role: 'enterprise',
      organisationId,
      personId: '018f0000-0000-7000-8000-00000000beef',
      requestId: 'test',
    };
    expect(await code(invite(anEmail(), organisationId, actor))).toBe('done');
    await expect(invite(anEmail(), foreign, actor)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('keeps its token as a hash', async () => {
    const { token } = await invite(anEmail());
    const stored = await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, 'SELECT * FROM accounts.invitation'),
    );
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it('holds in any order of inviting, waiting and accepting (model)', async () => {
    const step = fc.oneof(
      fc.record({ verb: fc.constant('invite' as const), who: fc.nat(1) }),
      fc.record({ verb: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 80 }) }),
      fc.record({ verb: fc.constant('read' as const), nth: fc.nat(5) }),
      fc.record({ verb: fc.constant('accept' as const), nth: fc.nat(5) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        expect(await differences(steps)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  /** Plays the steps and a naive model of them. @returns where the two differ */
  const differences = async (steps: readonly Step[]): Promise<string[]> => {
    const emails = [anEmail(), anEmail()];
    const issued: { token: string; who: number; until: number; open: boolean }[] = [];
    const members = new Set<number>();
    const found: string[] = [];
    const compare = (what: string, expected: unknown, actual: unknown): void => {
      if (expected !== actual) found.push(`${what}: expected ${String(expected)}, was ${String(actual)}`);
    };
    const inviteOne = async (who: number, now: number): Promise<void> => {
      const made = await invite(emails[who]!).catch(() => null);
      compare('invited', !members.has(who), made !== null);
      if (!made) return;
      for (const former of issued) former.open &&= former.who !== who;
      issued.push({ token: made.token, who, until: now + 72 * HOUR, open: true });
    };
    const useOne = async (verb: 'read' | 'accept', nth: number, now: number): Promise<void> => {
      const chosen = issued[nth];
      if (!chosen) return;
      const works = chosen.open && now < chosen.until;
      const { token } = chosen;
      const act =
        verb === 'read' ? invitations.read(token, 'test') : invitations.accept(token, GOOD, '-', 'test');
      compare(verb, works ? 'done' : 'invitation-unknown', await code(act));
      if (!works || verb === 'read') return;
      chosen.open = false;
      members.add(chosen.who);
    };
    for (const one of steps) {
      const now = service.clock.now().getTime();
      if (one.verb === 'wait') service.clock.advanceMs(one.hours * HOUR);
      else if (one.verb === 'invite') await inviteOne(one.who, now);
      else await useOne(one.verb, one.nth, now);
    }
    return found;
  };
});
