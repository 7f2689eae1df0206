import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, Language } from '../../kernel/index.js';

/** Who stands behind a request, known before its handler runs. */
export interface Visitor {
  readonly actor: Actor;
  readonly language: Language;
  /** Null for a visitor who is not signed in. */
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly organisation: { readonly id: string; readonly name: string } | null;
  readonly sessionId: string | null;
  /** They were signed in, and are no longer. */
  readonly sessionEnded: boolean;
  /** What the token of a program allows; null for a person, who may do what their role may. */
  readonly scopes: readonly string[] | null;
  /** Every form carries it in a hidden field `_token`. The first call sets a cookie when there is no session. */
  readonly formToken: () => string;
}

declare module 'fastify' {
  interface FastifyRequest {
    visitor: Visitor;
  }
}

/** `handler(@CurrentVisitor() visitor: Visitor)` */
export const CurrentVisitor = createParamDecorator((_: unknown, context: ExecutionContext): Visitor => {
  return context.switchToHttp().getRequest<FastifyRequest>().visitor;
});

/** `handler(@CurrentActor() actor: Actor)`: what `Database.transaction` asks for. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  return context.switchToHttp().getRequest<FastifyRequest>().visitor.actor;
});
