import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { ASSETS_FOLDER, ASSETS_PREFIX } from '../../src/web/shared/render/assets.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The policy the service sends: nothing inline, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'";

export interface StaticSite {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves pages rendered from sample data, with the real assets under the real policy. */
export async function startStaticSite(pages: ReadonlyMap<string, () => string>): Promise<StaticSite> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    response.setHeader('content-security-policy', POLICY);
    if (path.startsWith(ASSETS_PREFIX)) {
      const file = join(ASSETS_FOLDER, path.slice(ASSETS_PREFIX.length).replace(/[^\w.-]/g, ''));
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      // As the service says it: a browser asks once.
      response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      response.end(readFileSync(file));
      return;
    }
    const render = pages.get(path);
    response.statusCode = render ? 200 : 404;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(render ? render() : 'no such page');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
