/** What somebody may do for the organisation they belong to: a manager also decides who belongs to it. */
export const ORGANISATION_ROLES = ['manager', 'member'] as const;
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number];
