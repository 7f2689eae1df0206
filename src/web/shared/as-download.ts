import type { FastifyReply } from 'fastify';
import type { StoredDocument } from '../../platform/documents/index.js';
import { withoutDirectionMarks } from '../../platform/i18n/index.js';

/** Answers with somebody's document: saved under its name, never shown by the browser as a page of ours. */
export function asDownload(reply: FastifyReply, { name, mediaType, content }: StoredDocument): Buffer {
  const plain = name.replace(/[^\w. -]/g, '_');
  reply.type(mediaType);
  reply.header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${extended(name)}`);
  return content;
}

/** @source RFC 8187, ext-value: what encodeURIComponent leaves and a header may not hold is written out too */
function extended(name: string): string {
  // Nor what makes the end of a name read otherwise where it is saved.
  return encodeURIComponent(withoutDirectionMarks(name)).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
