// Node reads our TypeScript as it stands: `import './day.js'` finds day.ts, compiled with its decorators.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

/** A file of TypeScript; packages have none that is loaded. */
export const isOurs = (url = '') => url.startsWith('file:') && /\.ts(\?|$)/.test(url);

/** Where the TypeScript is that one of our files imports, or null when it imports something else. */
export function sourceOf(specifier, parentUrl) {
  if (!specifier.startsWith('.') || !isOurs(parentUrl)) return null;
  const url = new URL(specifier.replace(/\.js$/, '.ts'), parentUrl);
  return existsSync(url) ? url.href : null;
}

/** @returns what Node runs, with a source map */
export function compile(path) {
  return transformSync(readFileSync(path, 'utf8'), {
    filename: path,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: 'es6' },
  }).code;
}

/** From here on, in this process. */
export function readTypeScript() {
  registerHooks({
    resolve(specifier, context, next) {
      const url = sourceOf(specifier, context.parentURL);
      return url ? { url, shortCircuit: true } : next(specifier, context);
    },
    load(url, context, next) {
      if (!isOurs(url)) return next(url, context);
      return { format: 'module', source: compile(fileURLToPath(url)), shortCircuit: true };
    },
  });
}
