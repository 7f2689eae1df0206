import { createServer, type AddressInfo } from 'node:net';

/** A scanner for malware as ClamAV speaks it, that knows one signature. */
export interface Clamd {
  readonly address: string;
  /** What it was shown, whole documents. */
  readonly seen: Buffer[];
  stop(): Promise<void>;
}

const COMMAND = 'zINSTREAM\0';

/** @param signature documents that hold it are called `Test-Signature` */
export async function startClamd(signature: string): Promise<Clamd> {
  const seen: Buffer[] = [];
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('data', (some: Buffer) => {
      received = Buffer.concat([received, some]);
      const document = documentIn(received);
      if (document === null) return;
      seen.push(document);
      socket.end(document.includes(signature) ? 'stream: Test-Signature FOUND\0' : 'stream: OK\0');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The chunks after the command, when the empty one that ends them has come. */
function documentIn(received: Buffer): Buffer | null {
  if (received.length < COMMAND.length) return null;
  if (received.toString('latin1', 0, COMMAND.length) !== COMMAND)
    throw new Error('not what clamd understands');
  const chunks: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= received.length;) {
    const size = received.readUInt32BE(at);
    if (size === 0) return Buffer.concat(chunks);
    if (at + 4 + size > received.length) return null;
    chunks.push(received.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return null;
}
