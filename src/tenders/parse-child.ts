import { parseTender } from './formats/index.js';

/** The disposable process: one document on standard input, its name as argument, one JSON on standard output. */
async function readDocument(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const result = await parseTender(new Uint8Array(Buffer.concat(chunks)), process.argv[2] ?? '');
  await new Promise<void>((written, failed) => {
    process.stdout.write(JSON.stringify(result), (error) => (error ? failed(error) : written()));
  });
}

await readDocument();
