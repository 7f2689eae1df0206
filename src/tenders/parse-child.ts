import type { ColumnLayout } from './domain/index.js';
import { oneProcess, parseTender } from './formats/index.js';

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
  await new Promise<void>((written, failed) => {
    process.stdout.write(JSON.stringify(result), (error) => (error ? failed(error) : written()));
  });
}

await readDocument();
