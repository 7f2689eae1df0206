import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Refusal } from '../kernel/index.js';
import { normalisePassword } from './domain/index.js';

const derive = promisify(argon2);

/** @source OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane */
const NOW = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

type Parameters = typeof NOW;

/** Hashing fills the few threads that files and names need too: two at once, a short queue, then a refusal. */
const AT_ONCE = 2;
const WAITING = 30;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) throw new Refusal('too-busy');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function tagOf(
  password: string,
  nonce: Buffer,
  { memory, passes, parallelism }: Parameters,
): Promise<Buffer> {
  const message = Buffer.from(normalisePassword(password));
  return inTurn(() =>
    derive('argon2id', { message, nonce, memory, passes, parallelism, tagLength: TAG_BYTES }),
  );
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** The hash of a password with its salt and its parameters, in PHC string format. Takes a fifth of a second. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await tagOf(password, nonce, NOW);
  const { memory, passes, parallelism } = NOW;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** A hash of no password: checking against it costs what checking against a real one does. */
const OF_NOBODY = `$argon2id$v=19$m=${NOW.memory},t=${NOW.passes},p=${NOW.parallelism}$${unpadded(Buffer.alloc(16, 1))}$${unpadded(Buffer.alloc(TAG_BYTES, 2))}`;

/** @param stored null when there is no such account: the answer is no, after the same work */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const match = PHC.exec(stored ?? OF_NOBODY);
  if (!match) throw new Error('a stored password hash cannot be read');
  const [memory, passes, parallelism] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const expected = Buffer.from(match[5]!, 'base64');
  const tag = await tagOf(password, Buffer.from(match[4]!, 'base64'), { memory, passes, parallelism });
  return expected.length === tag.length && timingSafeEqual(expected, tag) && stored !== null;
}

/** True when a hash was made with other parameters than those of today. */
export function isOutdated(stored: string): boolean {
  const match = PHC.exec(stored);
  return (
    !match ||
    Number(match[1]) !== NOW.memory ||
    Number(match[2]) !== NOW.passes ||
    Number(match[3]) !== NOW.parallelism
  );
}
