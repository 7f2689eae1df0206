import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES } from '../../src/kernel/index.js';
import { cutWhenZoomed, hiddenFocus, lostInForcedColours, moving, wrongInPrint } from './adaptable.js';
import { axeFaults, fitsWidth, screenshot, startBrowser, visitor } from './browser.js';
import { Excuses } from './excuses.js';
import { samplePages } from './page-states.js';
import { startStaticSite, type StaticSite } from './static-site.js';

const PAGES = samplePages(LANGUAGES);
/** In every state. words.spec.ts looks at those of the other languages, which have the same colours. */
const inFrench = [...PAGES.keys()].filter((path) => path.startsWith('/fr/'));

/** Those whose pictures are in docs: each a kind of page of its own. */
const MAIN = [
  'tenders',
  'tender',
  'package',
  'publish',
  'board',
  'opportunities',
  'opportunity',
  'answer-problem',
  'profile',
  'figures',
  'register',
  'rule',
].map((name) => `/fr/${name}`);

/** PAGES=main looks at those alone: `npm run screenshots`. PAGES=all looks at those of every language as at the French. */
const PATHS = { main: MAIN, all: [...PAGES.keys()] }[process.env['PAGES'] ?? ''] ?? inFrench;

/** Those that people take along on paper. */
const PRINTED = ['/fr/tender', '/fr/package', '/fr/board'];

const DESK = { width: 1280, colorScheme: 'light' } as const;
const PHONE = { width: 375, colorScheme: 'dark' } as const;
type Look = typeof DESK | typeof PHONE;

describe('the pages, from sample data', () => {
  let site: StaticSite;
  let browser: Browser;
  /** One window for all pages: one for each took most of the time. */
  let tab: Page;
  const excuses = new Excuses();

  beforeAll(async () => {
    site = await startStaticSite(PAGES);
    browser = await startBrowser();
    const window = await visitor(browser);
    // A page that waits for the worker loads itself again; it stays while it is looked at.
    await window.addInitScript(() => {
      const soon = globalThis.setTimeout;
      globalThis.setTimeout = ((work: () => void, ms = 0) => (ms < 1000 ? soon(work, ms) : 0)) as typeof soon;
    });
    tab = await window.newPage();
  });

  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  it.each(PATHS)(
    '%s has nothing axe objects to or cannot tell, on a desk and on a phone, and bears what people change',
    async (path) => {
      // Loaded once for all that is looked at: loading it for each took most of the time.
      await turnTo(DESK);
      await tab.goto(site.url + path);
      const onDesk = await faultsIn(DESK, path);
      await turnTo(PHONE);
      const onPhone = await faultsIn(PHONE, path);
      const changed = [...(await moving(tab)), ...(await lostInForcedColours(tab))];
      changed.push(...(await cutWhenZoomed(tab)), ...(await hiddenFocus(tab)));
      await turnTo(DESK);
      changed.push(...(await hiddenFocus(tab)));
      if (PRINTED.includes(path)) changed.push(...(await wrongInPrint(tab)));
      expect([...onDesk, ...onPhone, ...changed]).toEqual([]);
    },
  );

  const turnTo = async ({ width, colorScheme }: Look): Promise<void> => {
    await tab.setViewportSize({ width, height: 900 });
    await tab.emulateMedia({ colorScheme });
  };

  const faultsIn = async ({ width }: Look, path: string): Promise<string[]> => {
    await screenshot(tab, `${path.slice(1).replaceAll('/', '-')}-${width}`);
    const faults = excuses.unexplained(await axeFaults(tab));
    return [...faults, ...((await fitsWidth(tab)) ? [] : [`wider than ${width}`])];
  };

  it('need every excuse that is made for them', () => {
    expect(excuses.idle()).toEqual([]);
  });

  it('weigh less than 100 kB each and take at most ten requests, all of them from here', async () => {
    const window = await visitor(browser);
    const alone = await window.newPage();
    const requests: string[] = [];
    const bodies = new Map<string, Promise<Buffer>>();
    alone.on('request', (request) => requests.push(request.url()));
    alone.on('response', (response) => bodies.set(new URL(response.url()).pathname, response.body()));
    await alone.goto(`${site.url}/fr/tender`, { waitUntil: 'networkidle' });
    await window.close();
    expect(requests.every((url) => url.startsWith(site.url))).toBe(true);
    bodies.delete('/fr/tender');
    const ofAll = [...bodies.keys()];
    const weight = new Map<string, number>();
    for (const [path, body] of bodies) weight.set(path, gzipSync(await body).byteLength);
    // What every page brings along, and what stands in its own text.
    const heavy: string[] = [];
    for (const path of PATHS) {
      const html = PAGES.get(path)!();
      const assets = [...new Set([...ofAll, ...(html.match(/\/assets\/[\w.-]+/g) ?? [])])];
      for (const asset of assets.filter((one) => !weight.has(one))) {
        const body = Buffer.from(await (await fetch(site.url + asset)).arrayBuffer());
        weight.set(asset, gzipSync(body).byteLength);
      }
      const bytes = assets.reduce((sum, asset) => sum + weight.get(asset)!, gzipSync(html).byteLength);
      if (bytes >= 100_000 || assets.length >= 10)
        heavy.push(`${path}: ${bytes} in ${assets.length + 1} requests`);
    }
    expect(heavy).toEqual([]);
  });
});
