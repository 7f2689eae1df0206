import type { Policy, RouteName, RoutePolicy } from '../platform/http/index.js';
import { POLICY } from './policy.js';

const EVERYBODY = ['contractor', 'enterprise', 'working-group', 'administrator'];

/** Whose pages stand below a path, written out apart from the policy. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  '/contractor/': ['contractor'],
  '/try/:token/keep': ['contractor'],
  '/enterprise/': ['enterprise'],
  '/working-group': ['working-group', 'administrator'],
  '/administrator/': ['administrator'],
  '/account/mails/test': ['contractor', 'enterprise'],
  '/account/mails/feeds': ['contractor', 'enterprise'],
  '/account': EVERYBODY,
  '/news': EVERYBODY,
};

/** Who calls what below /api/v1: the role, and what a program must be allowed to, to read and to write. */
const CALLS: Readonly<Record<string, readonly [role: string, toRead: string, toWrite: string]>> = {
  readings: ['contractor', 'tenders:read', 'tenders:write'],
  layouts: ['contractor', 'tenders:read', 'tenders:write'],
  'tag-rules': ['contractor', 'tenders:read', 'tenders:write'],
  tenders: ['contractor', 'tenders:read', 'tenders:write'],
  'work-packages': ['contractor', 'tenders:read', 'tenders:write'],
  obligations: ['contractor', 'tenders:read', 'tenders:write'],
  opportunities: ['enterprise', 'opportunities:read', 'answers:write'],
  'team-requests': ['enterprise', 'opportunities:read', 'answers:write'],
  performances: ['enterprise', 'performances:read', 'performances:write'],
};

/** Doors that stand open, each for a reason: what everybody may read, what anybody may try, and where people come in. */
const OPEN =
  /^GET \/(help|tenders|tenders\/:id|tenders\.atom|law|law\/:key|accessibility|ranking|privacy|status|try\/:token|try\/:token\/packages|assets\/\*|health\/(live|ready)|feeds\/:token\/(news\.atom|calendar\.ics)|api\/openapi\.json|api\/v1\/changes|)$|^(GET|POST) \/(try|sign-in|invitation\/:token|register|register\/:token|password|password\/:token|mail\/stop\/:token)$|^POST \/(sign-out|language|mail\/stop\/:token\/resume|api\/v1\/sessions)$/;

const widest = (
  route: RouteName,
): { readonly roles: readonly string[]; readonly scope: string | undefined } => {
  const [verb, path = ''] = route.split(' ');
  const [, resource = ''] = /^\/api\/v1\/([^/]+)/.exec(path) ?? [];
  const call = CALLS[resource];
  if (call) {
    const [role, toRead, toWrite] = call;
    // A trial writes nothing.
    return { roles: [role], scope: verb === 'GET' || path.endsWith('/trial') ? toRead : toWrite };
  }
  if (resource === 'uptake') return { roles: ['working-group', 'administrator'], scope: 'uptake:read' };
  if (['sessions', 'me', 'trades'].includes(resource)) return { roles: EVERYBODY, scope: undefined };
  const below = Object.keys(PAGES).find((start) => `${path}/`.startsWith(start));
  return { roles: below === undefined ? [] : PAGES[below]!, scope: undefined };
};

/** Rows that let in more than the tables above. */
function tooWide(policy: Policy): RouteName[] {
  return Object.entries(policy).flatMap(([route, { allow, scope }]) => {
    if (typeof allow === 'string') return OPEN.test(route) ? [] : [route];
    const most = widest(route);
    return allow.every((role) => most.roles.includes(role)) && scope === most.scope ? [] : [route];
  });
}

describe('the policy of routes', () => {
  it('lets nobody in who has no business there', () => {
    expect(tooWide(POLICY)).toEqual([]);
  });

  it('is noticed for each row that would let in more', () => {
    const wider = (row: RoutePolicy): RoutePolicy[] => [
      { ...row, allow: 'anyone' },
      { ...row, allow: EVERYBODY as RoutePolicy['allow'] },
      ...(row.scope === undefined ? [{ ...row, scope: 'uptake:write' }] : [{ allow: row.allow }]),
    ];
    const isSame = (one: RoutePolicy, other: RoutePolicy): boolean =>
      String(one.allow) === String(other.allow) && one.scope === other.scope;
    const unnoticed = Object.entries(POLICY).flatMap(([route, row]) => {
      if (typeof row.allow === 'string') return [];
      return wider(row)
        .filter((changed) => !isSame(changed, row) && tooWide({ ...POLICY, [route]: changed }).length === 0)
        .map(({ allow, scope }) => `${route}: ${allow} ${scope}`);
    });
    expect(unnoticed).toEqual([]);
  });
});
