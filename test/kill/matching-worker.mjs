// A worker as it is in production, with every room. The test that starts it kills it.
import 'reflect-metadata';
import './end-with-parent.mjs';
import { startWorker } from '../../dist/src/worker.js';

const app = await startWorker();
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.stdout.write('ready\n');
