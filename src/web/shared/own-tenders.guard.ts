import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal, systemActor } from '../../kernel/index.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { ownsPackage, ownsTender } from '../../tenders/index.js';

const TENDER = /\/tenders\/:id(\/|$)/;
const PACKAGE = /\/work-packages\/:id(\/|$)/;

/**
 * The first of two locks on what a contractor's addresses name: a tender or package of another organisation is not there.
 * It asks in the system's name, so that it holds where row security, the second lock, does not, and the other way round.
 */
@Injectable()
export class OwnTendersGuard implements CanActivate {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-found` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { role, organisationId, requestId } = request.visitor.actor;
    const owns = role === 'contractor' ? ownershipOf(request.routeOptions.url ?? '') : null;
    if (owns === null) return true;
    const id = uuid((request.params as { readonly id: string }).id);
    const isOwn = await this.database.transaction(systemActor(requestId), (tx) =>
      owns(tx, organisationId ?? '', id),
    );
    if (!isOwn) throw new Refusal('not-found');
    return true;
  }
}

function ownershipOf(
  route: string,
): ((tx: Tx, organisationId: string, id: string) => Promise<boolean>) | null {
  if (TENDER.test(route)) return ownsTender;
  return PACKAGE.test(route) ? ownsPackage : null;
}
