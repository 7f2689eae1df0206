import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { SystemClock } from './platform/clock.js';
import { config as configuration, type Config } from './platform/config/index.js';
import { createLogger, NestLogger } from './platform/log/index.js';
import type { StartOptions } from './main.js';

/** Starts every room without listening: the queue works, no page is served. */
export async function startWorker(options: StartOptions = {}): Promise<INestApplicationContext> {
  const { clock = new SystemClock(), ...known } = options;
  const config: Config = { ...configuration(), ...known };
  return NestFactory.createApplicationContext(
    AppModule.with({ config, clock, poolSize: config.workerPool }),
    { logger: new NestLogger(createLogger(config.logLevel)), abortOnError: false },
  );
}
