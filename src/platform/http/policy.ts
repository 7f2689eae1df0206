import type { Role } from '../../kernel/index.js';
import type { RouteName } from './server.js';

/** Who may use a route. */
export interface RoutePolicy {
  /** `file`: no session is looked for (assets, health). `anyone`: signed in or not. Else one of these roles. */
  readonly allow: 'file' | 'anyone' | readonly Role[];
  /** What the token of a program must allow; without it no program comes in here by a token. */
  readonly scope?: string;
  /** True when a signed token in the address speaks for the person: programs post there without a form (RFC 8058). */
  readonly speaksForItself?: boolean;
}

export type Policy = Readonly<Record<RouteName, RoutePolicy>>;

/** The start is refused: routes and policy differ. */
export class PolicyMismatch extends Error {
  constructor(
    readonly withoutPolicy: readonly string[],
    readonly withoutRoute: readonly string[],
  ) {
    const lines = [
      ...withoutPolicy.map((route) => `route without a row in the policy: ${route}`),
      ...withoutRoute.map((route) => `row of the policy without a route: ${route}`),
    ];
    super(`Routes and policy differ:\n${lines.join('\n')}`);
    this.name = 'PolicyMismatch';
  }
}

/** @throws PolicyMismatch unless each live route has a row and each row a live route */
export function assertPolicyCovers(policy: Policy, routes: readonly RouteName[]): void {
  const live = new Set(routes.filter((route) => !route.startsWith('OPTIONS ')));
  const withoutPolicy = [...live].filter((route) => !Object.hasOwn(policy, route));
  const withoutRoute = Object.keys(policy).filter((route) => !live.has(route));
  if (withoutPolicy.length + withoutRoute.length > 0) throw new PolicyMismatch(withoutPolicy, withoutRoute);
}
