import type { Role } from '../../kernel/index.js';

/** What a program may do in the name of the person who gave it a token. Each route of the API names the one it needs. */
export const SCOPES = [
  'tenders:read',
  'tenders:write',
  'opportunities:read',
  'answers:write',
  'performances:read',
  'performances:write',
  'uptake:read',
] as const;
export type Scope = (typeof SCOPES)[number];

const OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  contractor: ['tenders:read', 'tenders:write'],
  enterprise: ['opportunities:read', 'answers:write', 'performances:read', 'performances:write'],
  'working-group': ['uptake:read'],
  administrator: ['uptake:read'],
};

/** What somebody of this role can give away: never more than they may do themselves. */
export function scopesOf(role: Role): readonly Scope[] {
  return OF_ROLE[role];
}

export const LONGEST_TOKEN_DAYS = 365;
