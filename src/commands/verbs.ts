import type { Verb } from './verb.js';

/** Every word of the command line. Each is loaded when it is used: `tag` must not wait for the web server. */
export const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  parse: async () => (await import('./parse.command.js')).parse,
  tag: async () => (await import('./tag.command.js')).tag,
  packages: async () => (await import('./packages.command.js')).packages,
  clause: async () => (await import('./clause.command.js')).clause,
  eligibility: async () => (await import('./eligibility.command.js')).eligibility,
  law: async () => (await import('./law.command.js')).law,
  migrate: async () => (await import('./migrate.command.js')).migrate,
  match: async () => (await import('./match.command.js')).match,
  rematch: async () => (await import('./rematch.command.js')).rematch,
  figures: async () => (await import('./figures.command.js')).figures,
  replay: async () => (await import('./replay.command.js')).replay,
  bench: async () => (await import('./bench.command.js')).bench,
  seed: async () => (await import('./seed.command.js')).seed,
  user: async () => (await import('./user.command.js')).user,
  import: async () => (await import('./import.command.js')).importFile,
  outbox: async () => (await import('./outbox.command.js')).outbox,
  audit: async () => (await import('./audit.command.js')).audit,
  backup: async () => (await import('./backup.command.js')).backup,
  restore: async () => (await import('./restore.command.js')).restore,
};
