// How jest runs a file of tests here: in the worker itself. Jest makes a realm for each file and loads every module anew
// in it, Nest and TypeORM too: that took as long as the tests themselves. The price (docs/adr/0025): the files that one
// worker runs share their modules and its environment.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readTypeScript } from './typescript.mjs';

const require = createRequire(import.meta.url);
// What jest-circus loads into each realm; its package does not name it.
const CIRCUS = join(dirname(require.resolve('jest-circus/package.json')), 'build', 'jestAdapterInit.js');
const HANDLERS = Symbol.for('EVENT_HANDLERS');

process.setSourceMapsEnabled(true);
readTypeScript();

/** Fresh for each file: it keeps what the file before declared and who listens to it. */
function freshCircus() {
  delete require.cache[CIRCUS];
  delete globalThis[HANDLERS];
  return require(CIRCUS);
}

export default async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Jest's own would look for the source maps of what it had compiled.
  Error.prepareStackTrace = undefined;
  const { initialize, runAndTransformResultsToJestFormat } = freshCircus();
  await initialize({
    config,
    environment,
    globalConfig,
    localRequire: require,
    parentProcess: process,
    runtime,
    sendMessageToJest,
    setGlobalsForRuntime: (globals) => Object.assign(globalThis, globals),
    testPath,
  });
  const environmentBefore = JSON.stringify(process.env);
  await import(pathToFileURL(testPath).href);
  const now = Date.now();
  const results = await runAndTransformResultsToJestFormat({
    config,
    globalConfig,
    setupAfterEnvPerfStats: { setupAfterEnvStart: now, setupAfterEnvEnd: now },
    testPath,
  });
  if (JSON.stringify(process.env) !== environmentBefore)
    throw new Error('changed process.env, which the files after it share');
  return results;
}
