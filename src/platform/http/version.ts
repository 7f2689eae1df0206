import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';

/** The entity tag of a row's version: `"v3"`. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

export function setEtag(reply: FastifyReply, version: number): void {
  reply.header('etag', etagOf(version));
}

/**
 * The version a change was made against, from `If-Match`. The change itself must still compare it with the row,
 * in its transaction (`assertVersion`).
 * @throws Refusal `version-needed` without the header, `version-changed` when it names no version of ours
 */
export function versionFrom(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) throw new Refusal('version-needed');
  const match = /^"v(\d{1,9})"$/.exec(header.trim());
  if (!match) throw new Refusal('version-changed');
  return Number(match[1]);
}

/** Inside the transaction that locked the row. @throws Refusal `version-changed` when somebody was faster */
export function assertVersion(seen: number, current: number): void {
  if (seen !== current) throw new Refusal('version-changed');
}
