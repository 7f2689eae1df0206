import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { POLICY } from './accounts/index.js';
import { AppModule } from './app.module.js';
import { Clock, SystemClock } from './platform/clock.js';
import { config as configuration, type Config } from './platform/config/index.js';
import { assertPolicyCovers, Gate, httpServer, OpenApi } from './platform/http/index.js';
import { VERSION } from './platform/version.js';
import { LIMITS } from './tenders/index.js';
import { createLogger, NestLogger } from './platform/log/index.js';

export type StartOptions = Partial<Config> & { readonly clock?: Clock };

/**
 * Starts the pages and the API. What is given stands before the configuration of the process.
 * @param options port 0 listens on a free one
 */
export async function start(options: StartOptions = {}): Promise<NestFastifyApplication> {
  const { clock = new SystemClock(), ...known } = options;
  const config: Config = { ...configuration(), ...known };
  const server = await httpServer({ config, clock, uploadLimitBytes: LIMITS.upload.value });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({ config, clock, poolSize: config.webPool }),
    new FastifyAdapter(server as never),
    { bodyParser: false, logger: new NestLogger(createLogger(config.logLevel)), abortOnError: false },
  );
  app.get(Gate).guard(server, POLICY);
  app.get(OpenApi).describe(app, POLICY, VERSION);
  await app.init();
  assertPolicyCovers(POLICY, server.routeNames);
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}
