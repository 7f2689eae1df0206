import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A file that is asked for again and again: told in full only to whom does not have it yet. @source RFC 9110, 13.1.2 */
export function answerUnchanged(
  request: FastifyRequest,
  reply: FastifyReply,
  file: { readonly content: string; readonly type: string; readonly cacheControl: string },
): string {
  const etag = `"${createHash('sha256').update(file.content).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', etag).header('cache-control', file.cacheControl);
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) {
    reply.status(304);
    return '';
  }
  reply.type(file.type);
  return file.content;
}
