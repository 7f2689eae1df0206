import { ROLES } from '../kernel/index.js';
import type { Policy, RoutePolicy } from '../platform/http/index.js';

const anyone: RoutePolicy = { allow: 'anyone', audited: false };
const file: RoutePolicy = { allow: 'file', audited: false };
const signedIn: RoutePolicy = { allow: ROLES, audited: false };

/**
 * Who may use which route. What is not named here does not start: each live route has a row, each row a live
 * route. A role opens the door; which objects are behind it is decided by the room and by row security.
 */
export const POLICY: Policy = {
  'GET /assets/*': file,
  'GET /health/live': file,
  'GET /health/ready': file,
  'GET /api/openapi.json': anyone,

  'GET /sign-in': anyone,
  'POST /sign-in': anyone,
  'POST /sign-out': anyone,
  'POST /language': anyone,
  'GET /invitation/:token': anyone,
  'POST /invitation/:token': anyone,
  'GET /account': signedIn,
  'POST /account/sessions/:id/end': signedIn,

  'POST /api/v1/sessions': anyone,
  'GET /api/v1/sessions': signedIn,
  'DELETE /api/v1/sessions/current': signedIn,
  'DELETE /api/v1/sessions/:id': signedIn,
  'GET /api/v1/me': signedIn,
};
