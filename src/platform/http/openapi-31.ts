import type { OpenAPIObject } from '@nestjs/swagger';

/** @source RFC 9457, and our own members `code`, `requestId`, `errors` */
export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What went wrong, in the language of the request.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', format: 'uri', examples: ['urn:maillon:problem:not-found'] },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'Path of the request.' },
    code: { type: 'string', description: 'Stable, for programs.', examples: ['not-found'] },
    requestId: { type: 'string', description: 'To be given when asking for help.' },
    errors: {
      type: 'array',
      description: 'Each wrong field.',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        additionalProperties: false,
        properties: {
          pointer: { type: 'string', description: 'JSON pointer of the field.', examples: ['/email'] },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
} as const;

type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json };

/** The decorators write 3.0: `nullable` becomes a type. */
export function toOpenApi31(document: object): OpenAPIObject {
  return rewrite(document as unknown as Json) as unknown as OpenAPIObject;
}

function rewrite(value: Json): Json {
  if (Array.isArray(value)) return value.map(rewrite);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value;
  const plain = Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, rewrite(inner)]));
  if (nullable !== true) return plain;
  if (typeof plain['type'] === 'string')
    return { ...plain, type: [plain['type'], 'null'], ...withNull(plain) };
  return { anyOf: [plain, { type: 'null' }] };
}

function withNull({ enum: values }: { [name: string]: Json }): { enum?: Json[] } {
  return Array.isArray(values) ? { enum: [...values, null] } : {};
}
