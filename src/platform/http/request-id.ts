import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.js';
import { newId } from '../ids.js';

export const REQUEST_ID_HEADER = 'x-request-id';
const SHAPE = /^[A-Za-z0-9_-]{8,64}$/;

/** One name per request, from the edge to the log, the event, the mail. A proxy of ours may have given it. */
export function requestIds(clock: Clock, trustProxy: boolean): (request: IncomingMessage) => string {
  return (request) => {
    const given = trustProxy ? request.headers[REQUEST_ID_HEADER] : undefined;
    return typeof given === 'string' && SHAPE.test(given) ? given : newId(clock.now());
  };
}
