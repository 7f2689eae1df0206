import { applyDecorators, Injectable, type INestApplication } from '@nestjs/common';
import { ApiResponse, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Policy } from './policy.js';
import { problemKind } from './problems.js';
import { PROBLEM_SCHEMA, toOpenApi31 } from './openapi-31.js';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
/** Refusals that any call may meet, before or beside its handler. */
const EVERY_CALL = ['request-unreadable', 'unexpected', 'database-unavailable'];
const SIGNED_IN = ['sign-in-needed', 'session-ended', 'not-allowed'];
const CHANGE = ['request-from-elsewhere', 'form-expired'];
const SIGNED_IN_CHANGE = ['request-in-flight', 'key-used-for-another-request'];
const WITH_BODY = ['request-too-large', 'media-type-not-supported', 'request-invalid'];

/** On a handler of the API: the codes it may refuse with, beside those of every call. */
export function Refuses(...codes: readonly string[]): MethodDecorator {
  return applyDecorators(
    ...[...byStatus(codes)].map(([status, ofStatus]) =>
      ApiResponse({ status, description: ofStatus.join(', '), content: PROBLEM }),
    ),
  );
}

function byStatus(codes: readonly string[]): Map<number, string[]> {
  const statuses = new Map<number, string[]>();
  for (const code of codes) {
    const { status } = problemKind(code);
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return statuses;
}

interface Operation {
  readonly requestBody?: unknown;
  readonly responses: Record<string, unknown>;
  parameters?: unknown[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key twice has one effect and one answer. Keys live 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 250 },
};

/** The description of the API, made from its controllers once at the start. */
@Injectable()
export class OpenApi {
  private described: OpenAPIObject | null = null;

  get document(): OpenAPIObject {
    if (!this.described) throw new Error('the API is described at the start');
    return this.described;
  }

  describe(app: INestApplication, policy: Policy, version: string): void {
    const base = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Maillon')
      .setDescription('Links private builders with social-economy enterprises.')
      .setLicense('EUPL-1.2', 'https://eupl.eu/1.2/en/')
      .setVersion(version)
      .addCookieAuth('maillon', { type: 'apiKey', in: 'cookie' }, 'session')
      .build();
    const made = SwaggerModule.createDocument(app, base, {
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
    });
    const paths = Object.entries(made.paths).filter(([path]) => path.startsWith('/api/v'));
    for (const [path, item] of paths) {
      for (const method of METHODS) {
        const operation = item[method] as Operation | undefined;
        if (operation) complete(operation, method, policy[routeName(method, path)]?.allow === 'anyone');
      }
    }
    const schemas = { ...made.components?.schemas, Problem: PROBLEM_SCHEMA };
    this.described = toOpenApi31({
      ...made,
      paths: Object.fromEntries(paths),
      components: { ...made.components, schemas },
    });
  }
}

/** `get`, `/api/v1/tenders/{id}` as the router and the policy name it. */
export function routeName(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`;
}

function complete(operation: Operation, method: string, isOpen: boolean): void {
  const changes = method !== 'get';
  const codes = [
    ...EVERY_CALL,
    ...(isOpen ? [] : SIGNED_IN),
    ...(changes ? CHANGE : []),
    ...(changes && !isOpen ? SIGNED_IN_CHANGE : []),
    ...(operation.requestBody === undefined ? [] : WITH_BODY),
  ];
  for (const [status, ofStatus] of byStatus(codes)) {
    operation.responses[status] ??= { description: ofStatus.join(', '), content: PROBLEM };
  }
  if (changes && !isOpen) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
}
