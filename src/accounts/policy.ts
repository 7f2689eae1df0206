import { ROLES } from '../kernel/index.js';
import type { Policy, RoutePolicy } from '../platform/http/index.js';

const anyone: RoutePolicy = { allow: 'anyone' };
const file: RoutePolicy = { allow: 'file' };
const signedIn: RoutePolicy = { allow: ROLES };
const signedLink: RoutePolicy = { allow: 'anyone', speaksForItself: true };
const contractor: RoutePolicy = { allow: ['contractor'] };
const enterprise: RoutePolicy = { allow: ['enterprise'] };
const workingGroup: RoutePolicy = { allow: ['working-group', 'administrator'] };
const administrator: RoutePolicy = { allow: ['administrator'] };

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
  'GET /account': signedIn,
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

  'POST /api/v1/readings': contractor,
  'GET /api/v1/readings/:id': contractor,
  'POST /api/v1/readings/:id/draft': contractor,
  'GET /api/v1/tenders': contractor,
  'GET /api/v1/tenders/:id': contractor,
  'PATCH /api/v1/tenders/:id': contractor,
  'PUT /api/v1/tenders/:id/buyer': contractor,
  'PUT /api/v1/tenders/:id/clause': contractor,
  'POST /api/v1/tenders/:id/publication': contractor,
  'POST /api/v1/tenders/:id/withdrawal': contractor,
  'GET /api/v1/tenders/:id/matches': contractor,
  'GET /api/v1/tenders/:id/answers': contractor,
  'PUT /api/v1/work-packages/:id/review': contractor,
  'GET /api/v1/opportunities': enterprise,
  'GET /api/v1/opportunities/:packageId': enterprise,
  'PUT /api/v1/opportunities/:packageId/answer': enterprise,
  'GET /api/v1/uptake': workingGroup,
};
