import type { FastifyRequest } from 'fastify';

export type Provenance = 'here' | 'elsewhere' | 'unknown';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function changesSomething(request: FastifyRequest): boolean {
  return !SAFE.has(request.method);
}

/**
 * Which site a browser says a request comes from: `Sec-Fetch-Site` first, `Origin` where a browser does not send
 * it. Programs send neither.
 * @source OWASP Cross-Site Request Forgery Prevention Cheat Sheet, fetch metadata with origin fallback
 */
export function provenance(request: FastifyRequest, publicUrl: string): Provenance {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'here' : 'elsewhere';
  const origin = request.headers.origin;
  if (origin === undefined) return 'unknown';
  if (origin === new URL(publicUrl).origin) return 'here';
  return URL.canParse(origin) && new URL(origin).host === request.host ? 'here' : 'elsewhere';
}
