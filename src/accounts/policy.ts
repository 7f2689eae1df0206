import { ROLES } from '../kernel/index.js';
import type { Policy, RoutePolicy } from '../platform/http/index.js';
import type { Scope } from './domain/index.js';

const anyone: RoutePolicy = { allow: 'anyone' };
const file: RoutePolicy = { allow: 'file' };
const signedIn: RoutePolicy = { allow: ROLES };
const signedLink: RoutePolicy = { allow: 'anyone', speaksForItself: true };
const contractor: RoutePolicy = { allow: ['contractor'] };
const enterprise: RoutePolicy = { allow: ['enterprise'] };
const workingGroup: RoutePolicy = { allow: ['working-group', 'administrator'] };
const administrator: RoutePolicy = { allow: ['administrator'] };

/** A call that programs make with a token of this scope, too. */
const program = (row: RoutePolicy, scope: Scope): RoutePolicy => ({ ...row, scope });

/**
 * Who may use which route. What is not named here does not start: each live route has a row, each row a live
 * route. A role opens the door; which objects are behind it is decided by the room and by row security.
 */
export const POLICY: Policy = {
  'GET /assets/*': file,
  'GET /health/live': file,
  'GET /health/ready': file,
  'GET /api/openapi.json': anyone,

  'GET /': anyone,
  'GET /help': anyone,
  'GET /accessibility': anyone,
  'GET /privacy': anyone,
  'GET /status': anyone,

  'GET /sign-in': anyone,
  'POST /sign-in': anyone,
  'POST /sign-out': anyone,
  'POST /language': anyone,
  'GET /invitation/:token': anyone,
  'POST /invitation/:token': anyone,
  'GET /password': anyone,
  'POST /password': anyone,
  'GET /password/:token': anyone,
  'POST /password/:token': anyone,
  'GET /account': signedIn,
  'GET /account/password': signedIn,
  'POST /account/password': signedIn,
  'GET /account/members': signedIn,
  'POST /account/members': signedIn,
  'POST /account/members/:id/role': signedIn,
  'POST /account/members/:id/removal': signedIn,
  'POST /account/invitations/:id/withdrawal': signedIn,
  'GET /account/tokens': signedIn,
  'POST /account/tokens': signedIn,
  'POST /account/tokens/:id/revocation': signedIn,
  'POST /account/sessions/:id/end': signedIn,
  'GET /news': signedIn,
  'POST /news': signedIn,
  'GET /mail/stop/:token': signedLink,
  'POST /mail/stop/:token': signedLink,
  'POST /mail/stop/:token/resume': signedLink,

  'GET /contractor/tenders': contractor,
  'GET /contractor/tenders/new': contractor,
  'POST /contractor/tenders/new': contractor,
  'GET /contractor/readings/:id': contractor,
  'POST /contractor/readings/:id': contractor,
  'GET /contractor/tenders/:id': contractor,
  'GET /contractor/tenders/:id/packages/:packageId': contractor,
  'GET /contractor/tenders/:id/packages/:packageId/lines': contractor,
  'POST /contractor/tenders/:id/packages/:packageId/lines': contractor,
  'POST /contractor/tenders/:id/packages': contractor,
  'GET /contractor/tenders/:id/review': contractor,
  'GET /contractor/tenders/:id/history': contractor,
  'POST /contractor/tenders/:id/packages/:packageId': contractor,
  'GET /contractor/tenders/:id/buyer/:question': contractor,
  'POST /contractor/tenders/:id/buyer/:question': contractor,
  'GET /contractor/tenders/:id/buyer/check': contractor,
  'POST /contractor/tenders/:id/buyer/check': contractor,
  'GET /contractor/tenders/:id/clauses': contractor,
  'POST /contractor/tenders/:id/clauses': contractor,
  'GET /contractor/tenders/:id/publish': contractor,
  'POST /contractor/tenders/:id/publish': contractor,
  'GET /contractor/tenders/:id/withdraw': contractor,
  'POST /contractor/tenders/:id/withdraw': contractor,
  'GET /contractor/tenders/:id/board': contractor,
  'GET /contractor/tenders/:id/packages/:packageId/matches/:enterpriseId': contractor,
  'GET /enterprise/opportunities': enterprise,
  'GET /enterprise/opportunities/:packageId': enterprise,
  'GET /enterprise/opportunities/:packageId/answer': enterprise,
  'POST /enterprise/opportunities/:packageId/answer': enterprise,
  'GET /working-group': workingGroup,
  'GET /administrator/outbox': administrator,
  'GET /administrator/outbox/:id': administrator,
  'GET /administrator/outbox/:id/html': administrator,

  'POST /api/v1/sessions': anyone,
  'GET /api/v1/sessions': signedIn,
  'DELETE /api/v1/sessions/current': signedIn,
  'DELETE /api/v1/sessions/:id': signedIn,
  'GET /api/v1/me': signedIn,

  'POST /api/v1/readings': program(contractor, 'tenders:write'),
  'GET /api/v1/readings/:id': program(contractor, 'tenders:read'),
  'POST /api/v1/readings/:id/draft': program(contractor, 'tenders:write'),
  'GET /api/v1/tenders': program(contractor, 'tenders:read'),
  'GET /api/v1/tenders/:id': program(contractor, 'tenders:read'),
  'PATCH /api/v1/tenders/:id': program(contractor, 'tenders:write'),
  'PUT /api/v1/tenders/:id/buyer': program(contractor, 'tenders:write'),
  'PUT /api/v1/tenders/:id/clause': program(contractor, 'tenders:write'),
  'POST /api/v1/tenders/:id/publication': program(contractor, 'tenders:write'),
  'POST /api/v1/tenders/:id/withdrawal': program(contractor, 'tenders:write'),
  'GET /api/v1/tenders/:id/matches': program(contractor, 'tenders:read'),
  'GET /api/v1/tenders/:id/answers': program(contractor, 'tenders:read'),
  'PUT /api/v1/work-packages/:id/review': program(contractor, 'tenders:write'),
  'GET /api/v1/tenders/:id/lines': program(contractor, 'tenders:read'),
  'POST /api/v1/tenders/:id/packages': program(contractor, 'tenders:write'),
  'POST /api/v1/tenders/:id/packages/merger': program(contractor, 'tenders:write'),
  'POST /api/v1/tenders/:id/lines/moves': program(contractor, 'tenders:write'),
  'POST /api/v1/tenders/:id/packages/undo': program(contractor, 'tenders:write'),
  'GET /api/v1/tenders/:id/package-changes': program(contractor, 'tenders:read'),
  'GET /api/v1/trades': signedIn,
  'GET /api/v1/opportunities': program(enterprise, 'opportunities:read'),
  'GET /api/v1/opportunities/:packageId': program(enterprise, 'opportunities:read'),
  'PUT /api/v1/opportunities/:packageId/answer': program(enterprise, 'answers:write'),
  'GET /api/v1/uptake': program(workingGroup, 'uptake:read'),
};
