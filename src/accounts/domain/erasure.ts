import type { OrganisationRole } from './organisation-role.js';

const DAY_MS = 86_400_000;

/** How long a person may think again, and whoever took over their session be noticed. */
export const ERASURE_AFTER_DAYS = 7;

/** How long somebody who left can still be asked about: then nothing says who it was. @source docs/data-map.yaml */
export const KEPT_AFTER_LEAVING_DAYS = 365;

/** How long to wait for another manager when there is none on the day. */
export const ERASURE_AGAIN_DAYS = 1;

export function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}

/** Somebody of an organisation, as far as it matters for who may leave it. */
export interface Standing {
  readonly id: string;
  readonly organisationRole: OrganisationRole;
}

/** True when nobody but this person manages, and others would stay behind without a manager. */
export function leavesNoManager(people: readonly Standing[], personId: string): boolean {
  const others = people.filter(({ id }) => id !== personId);
  const self = people.find(({ id }) => id === personId);
  const isManaged = others.some(({ organisationRole }) => organisationRole === 'manager');
  return self?.organisationRole === 'manager' && others.length > 0 && !isManaged;
}
