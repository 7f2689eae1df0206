import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import type { Response } from 'supertest';

/** The description of the API as tests hold the service to it. */
export interface Contract {
  readonly document: OpenAPIObject;
  /** `GET /api/v1/tenders/{id}` */
  readonly operations: readonly string[];
  /** Fails unless the answer is one that the description names: operation, status, media type, shape. */
  expectMatchesOpenApi(response: Response): void;
}

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const addFormats = formatsPlugin as unknown as (ajv: Ajv2020) => void;

export function contractOf(document: OpenAPIObject): Contract {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, 'api');
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const compiled = new Map<string, ValidateFunction>();
  const validatorAt = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  return {
    document,
    operations,
    expectMatchesOpenApi(response) {
      const { method, url } = (response as unknown as { request: { method: string; url: string } }).request;
      const path = pathOf(paths, new URL(url).pathname, method.toLowerCase());
      if (path === null) throw new Error(`${method} ${url} is not described`);
      const at = `/paths/${escaped(path)}/${method.toLowerCase()}/responses/${response.status}`;
      const answers = (paths[path]![method.toLowerCase()] as { responses: Record<string, Answer> }).responses;
      const answer = answers[response.status];
      if (!answer) throw new Error(`${method} ${path}: ${response.status} is not described`);
      const type = (response.headers['content-type'] ?? '').split(';')[0]!;
      if (!answer.content) {
        if (response.text) throw new Error(`${method} ${path}: ${response.status} has a body`);
        return;
      }
      if (!answer.content[type]?.schema)
        throw new Error(`${method} ${path}: ${response.status} as ${type} is not described`);
      const validate = validatorAt(`${at}/content/${escaped(type)}/schema`);
      if (!validate(JSON.parse(response.text)))
        throw new Error(`${method} ${path} ${response.status}: ${ajv.errorsText(validate.errors)}`);
    },
  };
}

const escaped = (part: string): string =>
  encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')).replace(/%7E/gi, '~');

/** The described path a real one belongs to: written-out segments before parameters. */
function pathOf(paths: Readonly<Record<string, object>>, pathname: string, method: string): string | null {
  const fits = Object.keys(paths).filter((path) => {
    const pattern = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+');
    return method in paths[path]! && new RegExp(`^${pattern}$`).test(pathname);
  });
  return fits.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? null;
}
