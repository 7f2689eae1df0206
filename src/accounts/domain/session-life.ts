import type { Role } from '../../kernel/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface SessionLife {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** How long a session lives unused, and at all. Those who can change most are asked again soonest. */
export function sessionLife(role: Role): SessionLife {
  return role === 'administrator'
    ? { idleMs: 15 * MINUTE, absoluteMs: 8 * HOUR }
    : { idleMs: 30 * MINUTE, absoluteMs: 12 * HOUR };
}

/** A session is not written on every request: once a minute is enough to know it is in use. */
export const TOUCH_AFTER_MS = MINUTE;

/** Until when a session may stay unused, never past its end. */
export function idleUntil(now: Date, endsAt: Date, role: Role): Date {
  return new Date(Math.min(now.getTime() + sessionLife(role).idleMs, endsAt.getTime()));
}
