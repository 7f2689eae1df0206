/** What a signed-in person's organisation is, or what acts without a person. */
export const ROLES = ['contractor', 'enterprise', 'working-group', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/**
 * In whose name a transaction runs. Row-level security reads it: `system` is our own worker or command
 * line, `anonymous` a visitor.
 */
export interface Actor {
  readonly role: Role | 'system' | 'anonymous';
  readonly organisationId: string | null;
  readonly personId: string | null;
  /** From the edge to the log, the event, the mail header and the attempt row. */
  readonly requestId: string;
}

/** Our own worker or command line, in the name of nobody. */
export function systemActor(requestId: string): Actor {
  return { role: 'system', organisationId: null, personId: null, requestId };
}
