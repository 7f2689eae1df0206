import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import staticFiles from '@fastify/static';
import { Logger } from '@nestjs/common';
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
    /** For an address the router cannot read, before any hook runs. Put in once errors have words. */
    answerUnroutable: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
  }
}

const JSON_LIMIT_BYTES = 2 * 1024 * 1024;
const FIELDS = 2000;

/** A page goes out in a fifth of its bytes, for less than a millisecond in 100 kB. What it says in secret is never the same twice (`hiddenToken`). */
const COMPRESSION = {
  encodings: ['br' as const, 'gzip' as const],
  threshold: 1024,
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
};

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
      server.answerUnroutable(error, request, reply as FastifyReply);
    },
    clientErrorHandler: refuseUnreadable(headers),
  });
  server.decorate('routeNames', []);
  server.decorate(
    'answerUnroutable',
    (_error, _request, reply: FastifyReply) => void reply.status(400).send(),
  );
  server.addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat()) if (verb !== 'HEAD') server.routeNames.push(`${verb} ${url}`);
  });
  server.addHook('onRequest', async (request, reply) => mark(request, reply));
  server.addHook('onResponse', async (request, reply) => note(request, reply));
  // What is sent to us is read as it comes: a request that unpacks to gigabytes is none of our formats.
  await server.register(compress, { ...COMPRESSION, globalDecompression: false });
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: JSON_LIMIT_BYTES });
  await server.register(multipart, {
    attachFieldsToBody: true,
    limits: { fileSize: uploadLimitBytes, files: 5, fields: FIELDS, headerPairs: 100, fieldNameSize: 200 },
  });
  await serveAssets(server);
  return server;
}

const log = new Logger('http');

/** One line a request: the template of its route, never its address, which may hold a token. */
function note(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? null;
  const line = {
    requestId: request.id,
    method: request.method,
    route,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  };
  const isRoutine = route !== null && /^\/(assets|health)\//.test(route);
  if (isRoutine) log.debug(line);
  else log.log(line);
}

/** For bytes that are no HTTP request: there is nobody to write to but the socket. */
function refuseUnreadable(headers: Readonly<Record<string, string>>) {
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return;
    const status =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? '408 Request Timeout'
          : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n`);
  };
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
