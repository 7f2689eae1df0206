import type { Verb } from './verb.js';

/** Every word of the command line. Each is loaded when it is used: `tag` must not wait for the web server. */
export const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  parse: async () => (await import('./parse.command.js')).parse,
  tag: async () => (await import('./tag.command.js')).tag,
  packages: async () => (await import('./packages.command.js')).packages,
  clause: async () => (await import('./clause.command.js')).clause,
  eligibility: async () => (await import('./eligibility.command.js')).eligibility,
  migrate: async () => (await import('./migrate.command.js')).migrate,
};
