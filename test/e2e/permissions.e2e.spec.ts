import type { FastifyInstance } from 'fastify';
import type { Response } from 'supertest';
import { POLICY } from '../../src/accounts/index.js';
import { newId } from '../../src/platform/ids.js';
import type { RouteName } from '../../src/platform/http/index.js';
import { startTestApp, type TestApp } from '../app.js';
import { permissionWorld, type Entered, type MatrixActor, type PermissionWorld } from './permission-world.js';

interface Knock {
  readonly route: RouteName;
  readonly actor: MatrixActor;
  readonly answer: Response;
}

type Outcome = 'let in' | 'sign in first' | 'not allowed' | 'not there' | 'a fault';

const expected = (route: RouteName, { role, scope }: MatrixActor): Outcome => {
  const row = POLICY[route]!;
  const { allow } = row;
  if (allow === 'file' || allow === 'anyone') {
    // A program has no form of ours to send.
    const isForm = scope !== null && /^POST (?!\/api\/)/.test(route) && !row.speaksForItself;
    return isForm ? 'not allowed' : 'let in';
  }
  if (scope !== null && row.scope !== scope) return 'not allowed';
  if ((allow as readonly string[]).includes(role)) return 'let in';
  return role === 'anonymous' ? 'sign in first' : 'not allowed';
};

describe('every route, tried by everybody', () => {
  let service: TestApp;
  let world: PermissionWorld;
  let routes: readonly RouteName[];
  const knocks: Knock[] = [];
  beforeAll(async () => {
    service = await startTestApp();
    world = await permissionWorld(service);
    const server = service.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    routes = [...new Set(server.routeNames)].filter((route) => !route.startsWith('OPTIONS '));
    for (const route of routes)
      for (const actor of world.actors) knocks.push({ route, actor, answer: await knock(route, actor) });
  }, 600_000);
  afterAll(() => service.stop());

  const pathOf = (route: RouteName): string => {
    const values = world.parameters[route] ?? {};
    return route
      .slice(route.indexOf(' ') + 1)
      .replace('*', 'nothing.css')
      .replace(/:(\w+)/g, (_, name: string) => values[name] ?? newId(service.clock.now()));
  };
  const inside = new Map<MatrixActor, Entered>();
  const knock = async (route: RouteName, actor: MatrixActor): Promise<Response> => {
    const entered = inside.get(actor) ?? (await actor.enter());
    const answer = await ask(route, entered);
    // What only reads leaves the session as it was, unless it says otherwise; anything else may end it.
    if (route.startsWith('GET ') && !answer.headers['set-cookie']) inside.set(actor, entered);
    else inside.delete(actor);
    return answer;
  };
  const ask = async (route: RouteName, { browser, formToken }: Entered): Promise<Response> => {
    const [method = ''] = route.split(' ');
    const path = pathOf(route);
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    if (verb === 'get') return browser.get(path);
    if (path.startsWith('/api/')) return browser[verb](path).set('if-match', '"v1"').send({});
    return browser[verb](path).type('form').send({ _token: formToken });
  };

  it('answers each as the policy says, and never with a fault', () => {
    const differences: unknown[] = [];
    for (const { route, actor, answer } of knocks) {
      const was = outcomeOf(answer);
      // Behind an open door there may be nothing for this person.
      const fits =
        was === expected(route, actor) || (was === 'not there' && expected(route, actor) === 'let in');
      if (!fits)
        differences.push({
          route,
          actor: actor.name,
          expected: expected(route, actor),
          was,
          status: answer.status,
        });
    }
    expect(differences).toEqual([]);
    expect(knocks).toHaveLength(routes.length * world.actors.length);
  });

  it('describes every call and every answer of it', () => {
    const calls = routes.filter((route) => route.includes(' /api/v1/'));
    const described = service.contract.operations.map((operation) => operation.replace(/\{(\w+)\}/g, ':$1'));
    expect([...calls].sort()).toEqual([...described].sort());
    for (const { route, answer } of knocks)
      if (calls.includes(route)) service.contract.expectMatchesOpenApi(answer);
  });

  it('lets nobody in who only has the name of a method', async () => {
    const stranger = world.actors[0]!;
    const { browser } = await stranger.enter();
    for (const route of routes.filter((name) => name.startsWith('GET '))) {
      const answer = await browser.head(pathOf(route));
      const was = outcomeOf(answer);
      const wanted = expected(route, stranger);
      expect([route, was === wanted || was === 'not there']).toEqual([route, true]);
    }
  }, 60_000);

  it('takes a form of no other site, whoever is signed in', async () => {
    const forms = routes.filter((route) => route.startsWith('POST ') && !route.includes('/api/'));
    const { browser, formToken } = await world.actors[1]!.enter();
    for (const route of forms) {
      const send = (site: string, token: string) =>
        browser.post(pathOf(route)).set('sec-fetch-site', site).type('form').send({ _token: token });
      expect([route, (await send('cross-site', formToken)).status]).toEqual([route, 403]);
      const forged = outcomeOf(await send('same-origin', 'A'.repeat(43)));
      const isLink = POLICY[route]?.speaksForItself ?? false;
      expect([route, forged]).toEqual([route, isLink ? 'not there' : 'not allowed']);
    }
  }, 60_000);
});

function outcomeOf({ status, headers }: Response): Outcome {
  if (status >= 500) return 'a fault';
  if (status === 403) return 'not allowed';
  if (status === 404) return 'not there';
  const toSignIn = status === 303 && (headers['location'] ?? '').startsWith('/sign-in?next=');
  return toSignIn || status === 401 ? 'sign in first' : 'let in';
}
