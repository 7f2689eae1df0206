import { ApiTokenService, disablePerson, scopesOf, type Scope } from '../../src/accounts/index.js';
import type { Role } from '../../src/kernel/index.js';
import { rows } from '../../src/platform/db/index.js';
import type { RouteName } from '../../src/platform/http/index.js';
import { SYSTEM } from '../database.js';
import type { SignedInBrowser, TestApp } from '../app.js';

export type Entered = Pick<SignedInBrowser, 'browser' | 'formToken'>;

/** Somebody who tries every route. `role` is what the policy sees: a person who is not let in is a stranger. */
export interface MatrixActor {
  readonly name: string;
  readonly role: Role | 'anonymous';
  /** What a program's token allows; null for a person. */
  readonly scope: Scope | null;
  /** A browser of their own: for more than one try only where routes end no sessions. */
  enter(): Promise<Entered>;
}

/** Values for the parameters of a route, where a made-up id would not do. */
export type RouteParameters = Readonly<Record<RouteName, Readonly<Record<string, string>>>>;

export interface PermissionWorld {
  readonly actors: readonly MatrixActor[];
  readonly parameters: RouteParameters;
}

/** The people who try; two organisations of the kinds that compete, so that each can try the other's door. */
export async function permissionWorld(service: TestApp): Promise<PermissionWorld> {
  const organisationOf = async (role: Role): Promise<string> =>
    (await service.signIn({ role })).actor.organisationId!;
  const member = (name: string, role: Role, organisationId: string): MatrixActor => ({
    name,
    role,
    scope: null,
    enter: () => service.signIn({ role, organisationId }),
  });
  const program = (role: Role, scope: Scope, organisationId: string): MatrixActor => ({
    name: `a program of a ${role} that may ${scope}`,
    role,
    scope,
    async enter() {
      const { actor } = await service.signIn({ role, organisationId });
      const asked = { name: 'matrix', scopes: [scope], days: 1 };
      const token = await service.app.get(ApiTokenService).create(actor, asked);
      const browser = service.visitor();
      browser.set({ authorization: `Bearer ${token}` });
      return { browser, formToken: 'none' };
    },
  });
  const contractors = [await organisationOf('contractor'), await organisationOf('contractor')] as const;
  const enterprises = [await organisationOf('enterprise'), await organisationOf('enterprise')] as const;
  const stranger = async () => {
    const browser = service.visitor();
    browser.set({ 'sec-fetch-site': 'same-origin' });
    const page = await browser.get('/sign-in');
    return { browser, formToken: /name="_token" value="([^"]+)"/.exec(page.text)![1]! };
  };
  const disabled = async () => {
    const person = await service.signIn({ role: 'contractor', organisationId: contractors[0] });
    await service.database.transaction(SYSTEM, (tx) =>
      disablePerson(tx, person.actor.personId!, service.clock.now()),
    );
    return person;
  };
  const expired = async () => {
    const person = await service.signIn({ role: 'administrator' });
    await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `UPDATE accounts.session SET idle_until = $2 WHERE id = $1`, [
        person.sessionId,
        service.clock.now(),
      ]),
    );
    return person;
  };
  const working = await organisationOf('working-group');
  return {
    actors: [
      { name: 'a visitor', role: 'anonymous', scope: null, enter: stranger },
      member('a contractor', 'contractor', contractors[0]),
      member('another contractor', 'contractor', contractors[1]),
      member('an enterprise that matches', 'enterprise', enterprises[0]),
      member('an enterprise that does not match', 'enterprise', enterprises[1]),
      member('the working group', 'working-group', working),
      member('an administrator', 'administrator', await organisationOf('administrator')),
      { name: 'a disabled person', role: 'anonymous', scope: null, enter: disabled },
      { name: 'a session that ended', role: 'anonymous', scope: null, enter: expired },
      ...scopesOf('contractor').map((scope) => program('contractor', scope, contractors[0])),
      ...scopesOf('enterprise').map((scope) => program('enterprise', scope, enterprises[0])),
      ...scopesOf('working-group').map((scope) => program('working-group', scope, working)),
    ],
    parameters: { 'GET /working-group/exports/:file': { file: 'figures.csv' } },
  };
}
