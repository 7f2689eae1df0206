import type { Role } from '../../kernel/index.js';
import type { Policy } from '../../platform/http/index.js';

/** Parts of the service that a person knows by name, and the addresses that belong to each; the first that fits counts. */
const AREAS = [
  [
    'open',
    /^\/(help|law|law\/:key|accessibility|ranking|tenders|tenders\/:id|tenders\.atom|api\/v1\/changes|privacy|status|)$/,
  ],
  [
    'entry',
    /^\/(sign-in|sign-out|language|invitation|register|password|mail\/stop|feeds|api\/v1\/sessions$)/,
  ],
  ['account', /^\/(account|news|api\/v1\/(sessions|me|trades))/],
  ['trial', /^\/try/],
  ['tenders', /^\/(contractor|api\/v1)\/(tenders|readings|work-packages)/],
  ['teaching', /^\/(contractor|api\/v1)\/(layouts|tag-rules)/],
  ['obligations', /^\/(contractor|api\/v1)\/obligations/],
  ['opportunities', /^\/(enterprise|api\/v1)\/(opportunities|teams|team-requests|what-if)/],
  ['performances', /^\/(enterprise|api\/v1)\/performances/],
  ['profile', /^\/enterprise\/profile/],
  ['figures', /^\/(working-group|api\/v1\/uptake)/],
  ['rules', /^\/administrator\/(rules|proposals)/],
  ['approvals', /^\/administrator\/approvals/],
  ['tagRules', /^\/administrator\/tag-rules/],
  ['outbox', /^\/administrator\/outbox/],
] as const;
/** Files without anything of anybody: style sheets, the state of the machine, the description of the interface. */
const OF_NOBODY = /^\/(assets|health|api\/openapi)/;

type Area = (typeof AREAS)[number][0];
export const READERS = ['anonymous', 'contractor', 'enterprise', 'working-group', 'administrator'] as const;
type Reader = (typeof READERS)[number];
type May = 'act' | 'see' | 'nothing';

interface AreaRow {
  readonly area: Area;
  readonly may: readonly { readonly reader: Reader; readonly what: May }[];
}

/**
 * Who may see and do what, read off the policy that opens the doors: a table written by hand would be true until the next
 * change. Which rows are behind a door is said in words beside it.
 * @throws Error for a route that belongs to no part: its name is missing here
 */
export function whoMay(policy: Policy): AreaRow[] {
  const routes = Object.entries(policy).flatMap(([route, { allow }]) => {
    const [verb = '', path = ''] = route.split(' ');
    if (OF_NOBODY.test(path)) return [];
    const area = AREAS.find(([, addresses]) => addresses.test(path))?.[0];
    if (area === undefined) throw new Error(`${route} belongs to no part of the service that has a name`);
    return [{ area, isAct: verb !== 'GET', allow }];
  });
  return AREAS.map(([area]) => {
    const here = routes.filter((route) => route.area === area);
    return {
      area,
      may: READERS.map((reader) => {
        const open = here.filter(({ allow }) => isOpenTo(allow, reader));
        return {
          reader,
          what: open.some(({ isAct }) => isAct) ? 'act' : open.length > 0 ? 'see' : 'nothing',
        };
      }),
    };
  });
}

function isOpenTo(allow: Policy[string]['allow'], reader: Reader): boolean {
  if (typeof allow === 'string') return true;
  return (allow as readonly (Role | 'anonymous')[]).includes(reader);
}
