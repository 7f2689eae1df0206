import { createHmac, timingSafeEqual } from 'node:crypto';
import { MAIL_LISTS, type MailList } from './domain/index.js';

export interface StopRequest {
  readonly personId: string;
  readonly list: MailList;
}

const ID_BYTES = 16;
const SIGNATURE_BYTES = 16;
const TOKEN_BYTES = ID_BYTES + 1 + SIGNATURE_BYTES;

/**
 * A signed wish to stop a mail list, short enough for a header on one line (44 characters). It allows nothing
 * else, so it does not expire: the link in an old mail must still work.
 */
export function stopToken({ personId, list }: StopRequest, secret: string): string {
  const wish = Buffer.alloc(ID_BYTES + 1);
  wish.write(personId.replaceAll('-', ''), 'hex');
  wish.writeUInt8(MAIL_LISTS.indexOf(list), ID_BYTES);
  return Buffer.concat([wish, sign(wish, secret)]).toString('base64url');
}

/** @returns null for a token that we did not sign */
export function readStopToken(token: string, secret: string): StopRequest | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== token) return null;
  const wish = bytes.subarray(0, ID_BYTES + 1);
  if (!timingSafeEqual(sign(wish, secret), bytes.subarray(ID_BYTES + 1))) return null;
  const list = MAIL_LISTS[wish.readUInt8(ID_BYTES)];
  const hex = wish.toString('hex', 0, ID_BYTES);
  const personId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return list ? { personId, list } : null;
}

function sign(wish: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret)
    .update('mail-stop\0')
    .update(wish)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}
