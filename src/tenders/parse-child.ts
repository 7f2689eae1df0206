import type { ColumnLayout } from './domain/index.js';
import { parseTender } from './formats/index.js';

/** The disposable process: one document on standard input, its name and the remembered layouts as arguments, one JSON on standard output. */
async function readDocument(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const [name = '', layouts = '[]'] = process.argv.slice(2);
  const told = JSON.parse(layouts) as readonly ColumnLayout[];
  const result = await parseTender(new Uint8Array(Buffer.concat(chunks)), name, told);
  await new Promise<void>((written, failed) => {
    process.stdout.write(JSON.stringify(result), (error) => (error ? failed(error) : written()));
  });
}

await readDocument();
