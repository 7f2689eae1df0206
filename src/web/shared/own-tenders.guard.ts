import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal, systemActor } from '../../kernel/index.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { ownsObligation } from '../../obligations/index.js';
import { ownsPackage, ownsReading, ownsTender } from '../../tenders/index.js';

const TENDER = /\/tenders\/:id(\/|$)/;
const PACKAGE = /\/work-packages\/:id(\/|$)/;
const READING = /\/readings\/:id(\/|$)/;
const OBLIGATION = /\/obligations\/:id(\/|$)/;

/**
 * The first of two locks on what a contractor's addresses name: a tender, package, reading or
 * obligation of another organisation is not there.
 * It asks in the system's name, so that it holds where row security, the second lock, does not, and the other way round.
 */
@Injectable()
export class OwnTendersGuard implements CanActivate {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-found` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { role, organisationId, requestId } = request.visitor.actor;
    if (role !== 'contractor') return true;
    const named = thingsNamed(
      request.routeOptions.url ?? '',
      request.params as Readonly<Record<string, string>>,
    );
    if (named.length === 0) return true;
    const isOwn = await this.database.transaction(systemActor(requestId), async (tx) => {
      for (const { owns, id } of named) if (!(await owns(tx, organisationId ?? '', uuid(id)))) return false;
      return true;
    });
    if (!isOwn) throw new Refusal('not-found');
    return true;
  }
}

type Ownership = (tx: Tx, organisationId: string, id: string) => Promise<boolean>;

/** What an address names that is somebody's. */
function thingsNamed(
  route: string,
  params: Readonly<Record<string, string>>,
): { readonly owns: Ownership; readonly id: string }[] {
  if (PACKAGE.test(route)) return [{ owns: ownsPackage, id: params['id']! }];
  if (READING.test(route)) return [{ owns: ownsReading, id: params['id']! }];
  if (OBLIGATION.test(route)) return [{ owns: ownsObligation, id: params['id']! }];
  if (!TENDER.test(route)) return [];
  const ofTender = params['packageId'];
  return [
    { owns: ownsTender, id: params['id']! },
    ...(ofTender === undefined ? [] : [{ owns: ownsPackage, id: ofTender }]),
  ];
}
