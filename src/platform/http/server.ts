import { existsSync } from 'node:fs';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import staticFiles from '@fastify/static';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock } from '../clock.js';
import type { Config } from '../config/index.js';
import { fromRoot } from '../project-root.js';
import { REQUEST_ID_HEADER, requestIds } from './request-id.js';
import { securityHeaders } from './security-headers.js';

/** `METHOD /path/:param`, as the router knows it. HEAD follows GET and is not listed apart. */
export type RouteName = string;

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route of the running server, in the order of registration. */
    routeNames: RouteName[];
  }
}

const JSON_LIMIT_BYTES = 2 * 1024 * 1024;
const FIELDS = 2000;

export interface ServerOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Largest file a form may carry. */
  readonly uploadLimitBytes: number;
}

/** The bare server: names every request, sets the headers of every response, parses bodies, serves assets. */
export async function httpServer({
  config,
  clock,
  uploadLimitBytes,
}: ServerOptions): Promise<FastifyInstance> {
  const headers = { ...securityHeaders(config.publicUrl.startsWith('https:')) };
  const mark = (request: FastifyRequest, reply: FastifyReply): void => {
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
    reply.raw.setHeader(REQUEST_ID_HEADER, request.id);
  };
  const server = fastify({
    logger: false,
    trustProxy: config.trustProxy,
    requestIdHeader: false,
    genReqId: requestIds(clock, config.trustProxy),
    bodyLimit: JSON_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      mark(request, reply);
      const status = error.statusCode ?? 400;
      void (reply as FastifyReply).status(status).type('text/plain; charset=utf-8').send('Bad Request');
    },
  });
  server.decorate('routeNames', []);
  server.addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat()) if (verb !== 'HEAD') server.routeNames.push(`${verb} ${url}`);
  });
  server.addHook('onRequest', async (request, reply) => mark(request, reply));
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: JSON_LIMIT_BYTES });
  await server.register(multipart, {
    attachFieldsToBody: true,
    limits: { fileSize: uploadLimitBytes, files: 5, fields: FIELDS, headerPairs: 100, fieldNameSize: 200 },
  });
  await serveAssets(server);
  return server;
}

async function serveAssets(server: FastifyInstance): Promise<void> {
  const root = fromRoot('dist', 'assets');
  if (!existsSync(root)) return;
  await server.register(staticFiles, {
    root,
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    maxAge: '365d',
    index: false,
    dotfiles: 'ignore',
  });
}
