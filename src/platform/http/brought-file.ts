import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { UploadedFile } from './body.js';

/** The call brings one file, as a form would; it may be refused with `file-missing`. */
export const BringsFile = (): MethodDecorator =>
  applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary' } },
      },
    }),
  );

/** That file. */
export const BroughtFile = createParamDecorator((_: unknown, context: ExecutionContext): UploadedFile => {
  const body = context.switchToHttp().getRequest<FastifyRequest>().body as { readonly file?: unknown } | null;
  if (!(body?.file instanceof UploadedFile)) throw new Refusal('file-missing');
  return body.file;
});
