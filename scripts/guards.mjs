// The guards that stand between people and what is not theirs, and what leaves each of them out: `find` occurs once in
// `file` and becomes `put`. `spec` names the tests that must then fail (scripts/remove-guards.mjs).

const GATE = 'src/platform/http/gate.ts';
// A session is never unused for longer than it lives (idleUntil): one condition sees to both.
const SESSIONS = 'src/accounts/session.repository.ts';
const INVITATIONS = 'src/accounts/invitation.repository.ts';
const RESETS = 'src/accounts/password-reset.repository.ts';
const TOKENS = 'src/accounts/api-token.repository.ts';
const OWNERS = 'src/tenders/owner.query.ts';
const MEMBERS = 'src/accounts/member.service.ts';

const LAYERS = 'e2e/two-layers';
const MATRIX = 'e2e/permissions';
const DOORS = 'accounts/doors';

const never = (condition) => ({ find: condition, put: `false && ${condition}` });
const always = (clause) => ({ find: clause, put: '' });

export const GUARDS = [
  {
    guard: 'a route that no policy names is not there',
    file: GATE,
    ...never('!request.is404) throw new Refusal'),
    put: 'false) throw new Refusal',
    spec: 'e2e/http.e2e',
  },
  {
    guard: 'a form of another site',
    file: GATE,
    ...never("provenance(request, this.config.publicUrl) === 'elsewhere'"),
    spec: MATRIX,
  },
  {
    guard: 'a token without the scope',
    file: GATE,
    ...never('(scope === undefined || !scopes.includes(scope))'),
    spec: MATRIX,
  },
  {
    guard: 'the role of a route',
    file: GATE,
    find: "allow === 'anyone' || (allow as readonly string[]).includes(role)",
    put: "role !== 'anonymous' || allow === 'anyone'",
    spec: MATRIX,
  },
  {
    guard: 'somebody who is not signed in',
    file: GATE,
    find: "if (role !== 'anonymous') throw",
    put: "if (role === 'anonymous') return;\n    if (role !== 'anonymous') throw",
    spec: MATRIX,
  },
  { guard: 'the token of a form', file: GATE, ...never('this.needsToken(request) &&'), spec: MATRIX },
  {
    guard: 'the same form sent twice',
    file: GATE,
    find: 'return this.idempotency.claim(request, reply, once);',
    put: 'return once;',
    spec: 'e2e/http-once',
  },
  {
    guard: 'tenders of another contractor',
    file: OWNERS,
    find: 'tenders.tender WHERE id = $1 AND organisation_id = $2',
    put: 'tenders.tender WHERE id = $1 AND $2::uuid IS NOT NULL',
    spec: LAYERS,
  },
  {
    guard: 'packages of another contractor',
    file: OWNERS,
    find: 'tenders.work_package WHERE id = $1 AND organisation_id = $2',
    put: 'tenders.work_package WHERE id = $1 AND $2::uuid IS NOT NULL',
    spec: LAYERS,
  },
  {
    guard: 'readings of another contractor',
    file: OWNERS,
    find: 'tenders.import WHERE id = $1 AND organisation_id = $2',
    put: 'tenders.import WHERE id = $1 AND $2::uuid IS NOT NULL',
    spec: LAYERS,
  },
  {
    guard: 'obligations of another contractor',
    file: 'src/obligations/obligation.repository.ts',
    find: '?.organisationId === organisationId',
    put: ' !== undefined',
    spec: LAYERS,
  },
  {
    guard: 'opportunities that are another enterprise’s',
    file: 'src/answers/opportunities.query.ts',
    find: 'WHERE m.enterprise_organisation_id = $1 AND m.package_id = ANY ($2::uuid[])',
    put: 'WHERE $1::uuid IS NOT NULL AND m.package_id = ANY ($2::uuid[])',
    spec: LAYERS,
  },
  {
    guard: 'documents of another enterprise',
    file: 'src/pipeline/profile.service.ts',
    ...never('found.organisationId !== actor.organisationId'),
    spec: LAYERS,
  },
  {
    guard: 'a place of a team that another was asked for',
    file: 'src/answers/team.service.ts',
    ...never('place?.organisationId !== actor.organisationId'),
    spec: 'e2e/(two-layers|teams)',
  },
  {
    guard: 'a place of another’s team',
    file: 'src/answers/team.service.ts',
    ...never('place.lead !== actor.organisationId'),
    spec: 'e2e/(two-layers|teams)',
  },
  {
    guard: 'a rule of another organisation',
    file: 'src/tagging/tag-rule.service.ts',
    find: '        : rule.organisationId === actor.organisationId;',
    put: '        : true;',
    spec: 'e2e/(two-layers|tag-rules)',
  },
  {
    guard: 'a session that was left unused',
    file: SESSIONS,
    ...always('s.idle_until > $2 AND '),
    spec: 'accounts/sign-in',
  },
  {
    guard: 'the session of somebody who left',
    file: SESSIONS,
    ...always(' AND p.disabled_at IS NULL'),
    spec: 'accounts/(sign-in|doors)',
  },
  {
    guard: 'the session of somebody else, ended',
    file: SESSIONS,
    ...always(' AND person_id = $2'),
    spec: 'accounts',
  },
  {
    guard: 'an invitation, twice',
    file: INVITATIONS,
    find: 'WHERE i.token_hash = $1 AND i.accepted_at IS NULL',
    put: 'WHERE i.token_hash = $1',
    spec: 'accounts/invitation',
  },
  {
    guard: 'an invitation after three days',
    file: INVITATIONS,
    find: 'i.accepted_at IS NULL AND i.expires_at > $2\n     FOR',
    put: 'i.accepted_at IS NULL AND $2::timestamptz IS NOT NULL\n     FOR',
    spec: 'accounts/invitation',
  },
  {
    guard: 'the invitation of another organisation, withdrawn',
    file: INVITATIONS,
    find: 'WHERE id = $1 AND organisation_id = $2 AND accepted_at',
    put: 'WHERE id = $1 AND $2::uuid IS NOT NULL AND accepted_at',
    spec: 'accounts',
  },
  {
    guard: 'a link to a new password, twice',
    file: RESETS,
    ...always('r.used_at IS NULL AND '),
    spec: DOORS,
  },
  {
    guard: 'a link to a new password, after an hour',
    file: RESETS,
    find: 'r.expires_at > $2`',
    put: '$2::timestamptz IS NOT NULL`',
    spec: DOORS,
  },
  {
    guard: 'a token that was revoked',
    file: TOKENS,
    find: 't.token_hash = $1 AND t.revoked_at IS NULL',
    put: 't.token_hash = $1',
    spec: 'accounts',
  },
  {
    guard: 'a token that is over',
    file: TOKENS,
    find: 't.revoked_at IS NULL AND t.expires_at > $2`',
    put: 't.revoked_at IS NULL AND $2::timestamptz IS NOT NULL`',
    spec: 'accounts',
  },
  {
    guard: 'the token of somebody who left',
    file: TOKENS,
    ...always(' AND p.disabled_at IS NULL'),
    spec: 'accounts',
  },
  {
    guard: 'the token of somebody else, revoked',
    file: TOKENS,
    find: 'WHERE id = $1 AND person_id = $2 AND revoked_at',
    put: 'WHERE id = $1 AND $2::uuid IS NOT NULL AND revoked_at',
    spec: 'accounts',
  },
  {
    guard: 'members are decided about by managers',
    file: MEMBERS,
    ...never("self?.organisationRole !== 'manager'"),
    spec: 'accounts',
  },
  {
    guard: 'members of another organisation',
    file: MEMBERS,
    ...never('!people.some(({ id }) => id === personId)'),
    spec: 'accounts',
  },
  {
    guard: 'guesses of a password slow down',
    file: 'src/accounts/sign-in-try.repository.ts',
    find: 'if (seconds > 0) throw',
    put: 'if (seconds < 0) throw',
    spec: 'accounts/sign-in',
  },
  {
    guard: 'a password that is wrong',
    file: 'src/accounts/sign-in.service.ts',
    find: 'if (!candidate || !isRight)',
    put: 'if (!candidate)',
    spec: 'accounts/sign-in',
  },
];
