import { readFileSync } from 'node:fs';
import { fromRoot } from '../../../platform/project-root.js';

/** Folder of the built style sheet, scripts, fonts and images; every name in it carries a hash of its content. */
export const ASSETS_FOLDER = fromRoot('dist', 'assets');

/** Where that folder is served, to be cached for ever. */
export const ASSETS_PREFIX = '/assets/';

/** Knows the hashed name of each asset. */
export class Assets {
  private readonly names: Readonly<Record<string, string>>;

  /** @throws Error when the assets were not built (`node bin/build-assets.mjs`) */
  constructor(manifest: string = fromRoot('dist', 'assets', 'manifest.json')) {
    this.names = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>;
  }

  /** @throws Error for a name that was not built, so that a wrong link never reaches a page */
  url(name: string): string {
    const hashed = this.names[name];
    if (hashed === undefined) throw new Error(`no asset is called ${name}`);
    return `${ASSETS_PREFIX}${hashed}`;
  }
}
