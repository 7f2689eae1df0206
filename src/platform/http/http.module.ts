import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ErrorPages } from './error-pages.js';
import { HealthController } from './health.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { Readiness } from './readiness.js';
import { validationPipe } from './validation.js';

@Global()
@Module({
  controllers: [HealthController],
  providers: [
    ErrorPages,
    Readiness,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
  exports: [ErrorPages, Readiness],
})
export class HttpModule {}
