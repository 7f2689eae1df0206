import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { isKeepable } from '../keepable.js';

/** A file that came with a form. */
export class UploadedFile {
  constructor(
    readonly name: string,
    readonly mediaType: string,
    readonly bytes: Buffer,
  ) {}
}

/** Hidden fields that belong to the form and not to its content. */
export const TOKEN_FIELD = '_token';
export const ONCE_FIELD = '_once';

interface FilePart {
  readonly type: 'file';
  readonly filename: string;
  readonly mimetype: string;
  toBuffer(): Promise<Buffer>;
}
type Part = FilePart | { readonly type: 'field'; readonly value: unknown };

const DEEPEST = 32;

/** What a form or a call brought, apart from its hidden fields, which come separately. */
export interface FormFields {
  readonly token: string | null;
  readonly once: string | null;
}

export function isForm(request: FastifyRequest): boolean {
  const type = request.headers['content-type'] ?? '';
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type);
}

/**
 * Makes the body plain: fields as texts, files as `UploadedFile`, hidden fields taken out.
 * @throws Refusal `request-unreadable` for texts the database could not keep
 */
export async function tidyBody(request: FastifyRequest): Promise<FormFields> {
  if (request.isMultipart()) request.body = await plainParts(request.body as Record<string, Part | Part[]>);
  demandKeepable([request.query, request.params, request.body], 0);
  if (!isForm(request) || typeof request.body !== 'object' || request.body === null)
    return { token: null, once: null };
  const { [TOKEN_FIELD]: token, [ONCE_FIELD]: once, ...fields } = request.body as Record<string, unknown>;
  request.body = fields;
  return { token: typeof token === 'string' ? token : null, once: typeof once === 'string' ? once : null };
}

async function plainParts(parts: Record<string, Part | Part[]>): Promise<Record<string, unknown>> {
  const plain = async (part: Part): Promise<unknown> =>
    part.type === 'file' ? new UploadedFile(part.filename, part.mimetype, await part.toBuffer()) : part.value;
  const fields = await Promise.all(
    Object.entries(parts ?? {}).map(
      async ([name, part]) =>
        [name, Array.isArray(part) ? await Promise.all(part.map(plain)) : await plain(part)] as const,
    ),
  );
  return Object.fromEntries(fields);
}

function demandKeepable(value: unknown, depth: number): void {
  // Its bytes are kept as they are, its name is a text like every other.
  if (value instanceof UploadedFile) return demandKeepable(value.name, depth);
  if (depth > DEEPEST) throw new Refusal('request-unreadable');
  if (typeof value === 'string' && !isKeepable(value)) throw new Refusal('request-unreadable');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!isKeepable(name)) throw new Refusal('request-unreadable');
    demandKeepable(inner, depth + 1);
  }
}
