import { createServer, type Server } from 'node:http';
import type { Readiness } from './readiness.js';

/** A process without pages still answers whoever keeps it running, at the two addresses of the others. */
export async function workerHealth(readiness: Readiness, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const say = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/health/live') return say(200, { status: 'live' });
    if (request.url !== '/health/ready') return say(404, {});
    void readiness.report().then((report) => say(report.ready ? 200 : 503, report));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  server.unref();
  return server;
}
