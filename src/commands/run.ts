import { parseArgs } from 'node:util';
import { isLanguage, Refusal, type Problem } from '../kernel/index.js';
import { inWords, messages } from './in-words.js';
import { ProcessTerminal, ReaderGone } from './terminal.js';
import type { ExitCode, Verb } from './verb.js';
import { usage } from './usage.js';
import { VERBS } from './verbs.js';

const EVERYWHERE = { lang: { type: 'string', default: 'fr' } } as const;

/** Runs one command line. @returns the exit code; standard output has been written */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const terminal = new ProcessTerminal();
  try {
    const code = await answer(args, terminal);
    await terminal.close();
    return code;
  } catch (error) {
    // Nobody is left to tell, and nothing went wrong.
    if (error instanceof ReaderGone) return 0;
    throw error;
  }
}

async function answer(args: readonly string[], terminal: ProcessTerminal): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  try {
    const load = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!load) throw usage(`maillon <${Object.keys(VERBS).join(' | ')}>`, name);
    const verb = await load();
    const { positionals, values } = readArguments(verb, name, rest);
    const language = values['lang'];
    if (!isLanguage(language)) throw usage('--lang fr | nl | de | en', String(language));
    return await verb.run({ positionals, values, language, terminal });
  } catch (error) {
    if (error instanceof ReaderGone) throw error;
    return await refuse(error, terminal, args);
  }
}

function readArguments(
  verb: Verb,
  name: string,
  args: string[],
): { positionals: string[]; values: Record<string, string | boolean | undefined> } {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...EVERYWHERE, ...verb.options },
    });
    return { positionals, values: values as Record<string, string | boolean | undefined> };
  } catch (error) {
    throw usage(`maillon ${name} ${verb.usage}`, (error as Error).message);
  }
}

async function refuse(error: unknown, terminal: ProcessTerminal, args: readonly string[]): Promise<ExitCode> {
  if (!(error instanceof Refusal)) {
    terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
  const asked = args[args.indexOf('--lang') + 1];
  const language = isLanguage(asked) ? asked : 'fr';
  const { expected = null, found = null } = error.params;
  const problem: Problem = {
    code: error.code,
    severity: 'error',
    place: null,
    found: found === null ? null : String(found),
    expected: expected === null ? null : String(expected),
    params: error.params,
  };
  await terminal.print({
    refused: {
      ...inWords(problem, language),
      message: messages(language).text(language, `refusal.${error.code}`, error.params),
    },
  });
  return 2;
}
