import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Visitor } from './visitor.js';

/** Says who a request comes from. Accounts knows how. */
export abstract class Recognition {
  abstract recognise(request: FastifyRequest, reply: FastifyReply): Promise<Visitor>;
}
