import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ErrorPages } from './error-pages.js';
import { FormTokens } from './form-tokens.js';
import { HealthController } from './health.controller.js';
import { Idempotency } from './idempotency.js';
import { OpenApiController } from './openapi.controller.js';
import { OpenApi } from './openapi.js';
import { ProblemAnswers } from './problem-answers.js';
import { ProblemFilter } from './problem.filter.js';
import { Readiness } from './readiness.js';
import { validationPipe } from './validation.js';

@Global()
@Module({
  controllers: [HealthController, OpenApiController],
  providers: [
    ErrorPages,
    FormTokens,
    Idempotency,
    OpenApi,
    ProblemAnswers,
    Readiness,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
  exports: [ErrorPages, FormTokens, Idempotency, OpenApi, ProblemAnswers, Readiness],
})
export class HttpModule {}
