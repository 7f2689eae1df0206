import { createServer } from 'node:net';
import { CannotStart } from '../cannot-start.js';

const ATTEMPTS = 20;

/** The port that was asked for is taken by another program, or not ours to take. */
export class PortUnavailable extends CannotStart {
  constructor(host: string, port: number, code: string) {
    const why = code === 'EACCES' ? 'may not be used by this account' : 'is in use by another program';
    super(`port ${port} of ${host} ${why}: free it, or set PORT to another one`);
  }
}

/**
 * The port to listen on: the one asked for, or when it was only the standard and is taken, the next free one.
 * @throws PortUnavailable
 */
export async function listenablePort(host: string, port: number, isNamed: boolean): Promise<number> {
  for (let candidate = port; ; candidate += 1) {
    const code = await tryToListen(host, candidate);
    if (code === null) return candidate;
    const last = isNamed || code !== 'EADDRINUSE' || candidate === port + ATTEMPTS;
    if (last) throw new PortUnavailable(host, candidate, code);
  }
}

/** @returns null when it can be listened on, else the system's error code */
function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EIO'));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
