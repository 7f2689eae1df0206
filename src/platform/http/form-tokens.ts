import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/index.js';
import { CONFIG } from '../tokens.js';
import { Cookies } from './cookies.js';
import { languageOf } from './language.js';
import type { Visitor } from './visitor.js';

/**
 * The token every form carries: derived from the session, or from a cookie of the form's own before there is a
 * session. Another site can have it neither read nor guessed.
 */
@Injectable()
export class FormTokens {
  private readonly cookies: Cookies;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.cookies = new Cookies(config);
  }

  ofSession(sessionToken: string): string {
    return this.derive('session', sessionToken);
  }

  /** A visitor without a session. Their form cookie is set when a form first asks for its token. */
  stranger(request: FastifyRequest, reply: FastifyReply, sessionEnded: boolean): Visitor {
    let seed = this.cookies.form(request);
    return {
      actor: { role: 'anonymous', organisationId: null, personId: null, requestId: request.id },
      language: languageOf(request),
      person: null,
      organisation: null,
      sessionId: null,
      sessionEnded,
      scopes: null,
      formToken: () => {
        if (seed === null) {
          seed = randomBytes(32).toString('base64url');
          this.cookies.setForm(reply, seed);
        }
        return this.derive('form', seed);
      },
    };
  }

  /**
   * True when a sent token is one that our own pages gave this browser. A session that has ended meanwhile still
   * shows that its form was ours; who may act is decided apart from that.
   */
  isRight(request: FastifyRequest, sent: unknown): boolean {
    if (typeof sent !== 'string') return false;
    const session = this.cookies.session(request);
    const form = request.visitor.sessionId === null ? this.cookies.form(request) : null;
    const given = shown(sent);
    return [session && this.ofSession(session), form && this.derive('form', form)].some((expected) => {
      const wanted = Buffer.from(expected ?? '');
      return wanted.length > 0 && wanted.length === given.length && timingSafeEqual(wanted, given);
    });
  }

  private derive(kind: 'session' | 'form', from: string): string {
    return createHmac('sha256', this.config.secret)
      .update(`form token\n${kind}\n${from}`)
      .digest('base64url');
  }
}

/**
 * A token as a page says it, in other letters each time. A page is compressed, and its length would tell, letter by
 * letter, a secret that stays the same beside words of an address (BREACH).
 */
export function hiddenToken(token: string): string {
  const pad = randomBytes(Buffer.byteLength(token));
  return `${pad.toString('base64url')}.${xor(Buffer.from(token), pad).toString('base64url')}`;
}

/** A token as it was said, hidden in other letters or not. */
function shown(sent: string): Buffer {
  const [pad, secret, ...more] = sent.split('.').map((part) => Buffer.from(part, 'base64url'));
  const isHidden = pad !== undefined && secret?.length === pad.length && more.length === 0;
  return isHidden ? xor(secret, pad) : Buffer.from(sent);
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, at) => byte ^ other[at]!));
}
