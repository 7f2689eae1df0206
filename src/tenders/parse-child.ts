import type { ColumnLayout } from './domain/index.js';
import { oneProcess, parseTender } from './formats/index.js';

/** Zero bytes and halves of characters as JSON writes them: no database keeps these, whatever document they stand in. */
const UNKEEPABLE = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/**
 * The disposable process: one document on standard input, its name and the remembered layouts as arguments, one JSON on
 * standard output. With the number of a procedure, the document with that one alone.
 */
async function readDocument(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const [name = '', layouts = '[]', alone] = process.argv.slice(2);
  const told = JSON.parse(layouts) as readonly ColumnLayout[];
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const result =
    alone === undefined ? await parseTender(bytes, name, told) : { alone: oneProcess(bytes, Number(alone)) };
  const said = JSON.stringify(result).replace(UNKEEPABLE, (found) => (found === '\\\\' ? found : '\uFFFD'));
  await new Promise<void>((written, failed) => {
    process.stdout.write(said, (error) => (error ? failed(error) : written()));
  });
}

await readDocument();
