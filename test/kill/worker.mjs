// A worker as it is in production, with the rooms that tell and nothing else. The test that starts it kills it.
import 'reflect-metadata';
import './end-with-parent.mjs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NotificationsModule } from '../../dist/src/notifications/index.js';
import { SystemClock } from '../../dist/src/platform/clock.js';
import { config } from '../../dist/src/platform/config/index.js';
import { PlatformModule } from '../../dist/src/platform/platform.module.js';
import { QueueModule } from '../../dist/src/platform/queue/index.js';

class Worker {}
Module({
  imports: [
    PlatformModule.with({ config: config(), clock: new SystemClock(), poolSize: config().workerPool }),
    QueueModule,
    NotificationsModule,
  ],
})(Worker);

const app = await NestFactory.createApplicationContext(Worker, { logger: ['error'], abortOnError: false });
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.stdout.write('ready\n');
