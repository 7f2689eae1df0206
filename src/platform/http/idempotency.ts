import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { Clock } from '../clock.js';
import { Database } from '../db/index.js';
import { UploadedFile } from './body.js';
import { claimKey, finishKey, releaseKey, type KeptAnswer } from './idempotency.repository.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key this request holds until it is answered. */
    idempotencyKey?: string;
    /** The answer shows something once that is kept nowhere: a second request under its key is refused. */
    answerIsSecret?: boolean;
  }
}

const HEADER = 'idempotency-key';
const KEPT_HEADERS = ['content-type', 'location', 'etag', 'cache-control'] as const;
/** An unanswered request this old was cut short: what came of it is not known. */
const LOST_AFTER_MS = 5 * 60_000;
const LARGEST_BODY = 256 * 1024;

/**
 * The same request twice has one effect and one answer: by the `Idempotency-Key` of a call, by the hidden number
 * of a form. For people who are signed in; keys live a day.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the key, or sends the answer it already has.
   * @throws Refusal `key-used-for-another-request`, `request-in-flight`, `request-outcome-unknown`
   */
  async claim(request: FastifyRequest, reply: FastifyReply, once: string | null): Promise<unknown> {
    const { actor } = request.visitor;
    const key = keyOf(request, once);
    if (key === null || actor.personId === null) return;
    const now = this.clock.now();
    const fingerprint = fingerprintOf(request);
    const found = await this.database.transaction(actor, (tx) =>
      claimKey(tx, actor, { key, fingerprint }, now),
    );
    if (found === null) {
      request.idempotencyKey = key;
      return;
    }
    if (found.fingerprint !== fingerprint)
      throw new Refusal(once === null ? 'key-used-for-another-request' : 'form-already-sent');
    if (found.answer === null)
      throw new Refusal(
        now.getTime() - found.claimedAt.getTime() > LOST_AFTER_MS
          ? 'request-outcome-unknown'
          : 'request-in-flight',
        { retryAfter: 1 },
      );
    return replay(reply, found.answer);
  }

  /** Keeps the answer; after a failure of ours, or an answer that asks to try again, frees the key instead. */
  async keepAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
    const key = request.idempotencyKey;
    if (key === undefined) return;
    delete request.idempotencyKey;
    if (request.answerIsSecret) return;
    const { actor } = request.visitor;
    const answer = answerOf(reply, payload);
    const isFinal =
      answer !== null && answer.status < 500 && answer.status !== 429 && !isFormToCorrect(request, answer);
    await this.database.transaction(actor, (tx) =>
      isFinal ? finishKey(tx, actor, key, answer) : releaseKey(tx, actor, key),
    );
  }
}

/** A form that came back with problems is corrected and sent again under its number. */
function isFormToCorrect(request: FastifyRequest, { status }: KeptAnswer): boolean {
  return request.headers[HEADER] === undefined && status >= 400;
}

function keyOf(request: FastifyRequest, once: string | null): string | null {
  const header = request.headers[HEADER];
  if (typeof header === 'string') {
    if (header.length > 250 || !/^[\x21-\x7e]+$/.test(header)) throw new Refusal('request-unreadable');
    return `call:${header}`;
  }
  return once !== null && /^[\w-]{1,64}$/.test(once)
    ? `form:${once}:${request.url.split('?')[0]}`.slice(0, 255)
    : null;
}

function fingerprintOf(request: FastifyRequest): string {
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`);
  return hash.update(JSON.stringify(request.body ?? null, fileDigest)).digest('hex');
}

function fileDigest(_: string, value: unknown): unknown {
  return value instanceof UploadedFile
    ? [value.name, createHash('sha256').update(value.bytes).digest('hex')]
    : value;
}

function answerOf(reply: FastifyReply, payload: unknown): KeptAnswer | null {
  const isText = payload === null || payload === undefined || typeof payload === 'string';
  if (!isText && !Buffer.isBuffer(payload)) return null;
  const body = payload?.toString() ?? '';
  if (body.length > LARGEST_BODY) return null;
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body };
}

function replay(reply: FastifyReply, answer: KeptAnswer): FastifyReply {
  return reply
    .status(answer.status)
    .headers({ ...answer.headers, 'idempotency-replayed': 'true' })
    .send(answer.body);
}
