import { getDocumentProxy } from 'unpdf';
import { FormatRefusal, limitRefusal } from '../format-refusal.js';
import { LIMITS } from '../limits.js';

/** A run of text and where it stands on its page, in points from the lower left corner. */
export interface TextRun {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

export interface PdfText {
  readonly title: string | null;
  readonly pages: readonly (readonly TextRun[])[];
}

const MOST_RUNS = 400_000;

/**
 * The text layer of a PDF, page by page. The only file that knows the PDF library: no script of the document runs,
 * no font is loaded.
 * @throws FormatRefusal `file.encrypted`, `file.corrupt`, `file.limit.pages`, `file.pdf.no-text`
 */
export async function readPdfText(bytes: Uint8Array): Promise<PdfText> {
  try {
    return await withStrayRejections(() => readPages(bytes));
  } catch (error) {
    throw refusalOf(error);
  }
}

async function readPages(bytes: Uint8Array): Promise<PdfText> {
  const document = await getDocumentProxy(new Uint8Array(bytes), {
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
  });
  if (document.numPages > LIMITS.pages.value) throw limitRefusal('pages', document.numPages);
  const pages: TextRun[][] = [];
  let count = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent();
    const runs = content.items.flatMap((item) => ('str' in item ? toRun(item) : []));
    count += runs.length;
    if (count > MOST_RUNS) throw limitRefusal('xml-nodes', count, { page: number });
    pages.push(runs);
  }
  if (count === 0) throw new FormatRefusal('file.pdf.no-text', { place: { page: 1 } });
  return { title: await titleOf(document), pages };
}

/**
 * The library lets some promises of damaged documents go unheard, which would end the process. They end the reading
 * instead; what is not the library's goes on as if nobody listened.
 */
async function withStrayRejections<T>(work: () => Promise<T>): Promise<T> {
  const { promise: stray, reject: fail } = Promise.withResolvers<never>();
  stray.catch(() => undefined);
  if (readings.size === 0) process.on('unhandledRejection', endReadings);
  readings.add(fail);
  try {
    return await Promise.race([work(), stray]);
  } finally {
    setImmediate(() => {
      readings.delete(fail);
      if (readings.size === 0) process.off('unhandledRejection', endReadings);
    });
  }
}

const readings = new Set<(reason: unknown) => void>();

function endReadings(reason: unknown): void {
  if (!(reason instanceof Error) || !/Exception$|^Format|^AbortError$/.test(reason.name)) throw reason;
  for (const fail of readings) fail(reason);
}

async function titleOf(document: Awaited<ReturnType<typeof getDocumentProxy>>): Promise<string | null> {
  const { info } = await document.getMetadata();
  const title: unknown = 'Title' in info ? info.Title : null;
  return typeof title === 'string' && title.trim() !== '' ? title.trim().normalize('NFC') : null;
}

interface LibraryRun {
  readonly str: string;
  readonly transform: readonly unknown[];
  readonly width: number;
  readonly height: number;
}

function toRun({ str, transform, width, height }: LibraryRun): TextRun[] {
  const [x, y] = [Number(transform[4]), Number(transform[5])];
  const text = str.normalize('NFC');
  return text.trim() === '' || !Number.isFinite(x + y) ? [] : [{ x, y, width, height, text }];
}

function refusalOf(error: unknown): Error {
  if (error instanceof FormatRefusal) return error;
  const [name, message] = error instanceof Error ? [error.name, error.message] : ['', String(error)];
  if (name === 'PasswordException') return new FormatRefusal('file.encrypted');
  return new FormatRefusal('file.corrupt', { found: message, expected: 'PDF' });
}
