import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, systemActor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import {
  apiTokensOf,
  bearerOf,
  createApiToken,
  revokeApiToken,
  touchApiToken,
  type ApiToken,
  type TokenBearer,
} from './api-token.repository.js';
import { LONGEST_TOKEN_DAYS, scopesOf, type Scope } from './domain/index.js';

export interface AskedApiToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** 1 to 365. */
  readonly days: number;
}

/** What programs show instead of a session: named, limited in what it allows and how long, ended by its owner. */
@Injectable()
export class ApiTokenService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whom a request with this token comes from; null when it opens nothing. */
  recognise(token: string, requestId: string): Promise<TokenBearer | null> {
    const now = this.clock.now();
    const system: Actor = systemActor(requestId);
    return this.database.transaction(system, async (tx) => {
      const bearer = await bearerOf(tx, token, now);
      if (bearer) await touchApiToken(tx, bearer, now);
      return bearer;
    });
  }

  list(actor: Actor): Promise<ApiToken[]> {
    const { personId } = owner(actor);
    return this.database.transaction(actor, (tx) => apiTokensOf(tx, personId, this.clock.now()));
  }

  /**
   * @returns the token, shown this once
   * @throws Refusal `scope-not-yours`, `token-too-long`
   */
  async create(actor: Actor, { name, scopes, days }: AskedApiToken): Promise<string> {
    const { personId, organisationId } = owner(actor);
    const own: readonly Scope[] =
      actor.role === 'system' || actor.role === 'anonymous' ? [] : scopesOf(actor.role);
    if (scopes.length === 0 || scopes.some((scope) => !own.includes(scope)))
      throw new Refusal('scope-not-yours');
    if (!Number.isInteger(days) || days < 1 || days > LONGEST_TOKEN_DAYS) throw new Refusal('token-too-long');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + days * 86_400_000);
    return this.database.transaction(actor, async (tx) => {
      const made = await createApiToken(tx, { personId, organisationId, name, scopes, expiresAt }, now);
      await audit(tx, {
        organisationId,
        action: 'token.created',
        subjectId: made.id,
        details: { scopes: scopes.join(' ') },
        at: now,
      });
      return made.token;
    });
  }

  /** Works at once. @throws Refusal `not-found` */
  async revoke(actor: Actor, id: string): Promise<void> {
    const { personId, organisationId } = owner(actor);
    await this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      if (!(await revokeApiToken(tx, personId, id, now))) throw new Refusal('not-found');
      await audit(tx, { organisationId, action: 'token.revoked', subjectId: id, at: now });
    });
  }
}

function owner({ personId, organisationId }: Actor): { personId: string; organisationId: string } {
  if (personId === null || organisationId === null) throw new Refusal('sign-in-needed');
  return { personId, organisationId };
}
