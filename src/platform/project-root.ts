import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : findRoot(dirname(from));
}

const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** A file that ships with the project (data, views), the same from `src` and from `dist`. */
export function fromRoot(...path: readonly string[]): string {
  return join(root, ...path);
}
