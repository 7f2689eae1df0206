import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES } from '../../src/kernel/index.js';
import { cutWhenZoomed, hiddenFocus, lostInForcedColours, moving, wrongInPrint } from './adaptable.js';
import { axeViolations, fitsWidth, screenshot, startBrowser, visitor } from './browser.js';
import { Excuses } from './excuses.js';
import { isLong, samplePages } from './page-states.js';
import { startStaticSite, type StaticSite } from './static-site.js';

const PAGES = samplePages(LANGUAGES);
/** What is long has the colours of what is not: words.spec.ts looks at it, in every language. */
const inFrench = [...PAGES.keys()].filter((path) => path.startsWith('/fr/') && !isLong(path));

/** Those that are looked at in every way people change a page, too: each a kind of page of its own. */
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

/** PAGES=main looks at those alone: `npm run screenshots`. */
const PATHS = process.env['PAGES'] === 'main' ? MAIN : inFrench;

/** Those that people take along on paper. */
const PRINTED = ['/fr/tender', '/fr/package', '/fr/board'];

const DESK = 1280;
const LOOKS = [{ width: DESK }, { width: 375, dark: true }] as const;

describe('the pages, from sample data', () => {
  let site: StaticSite;
  let browser: Browser;
  /** One for each look, kept for all pages: a window of its own for each took most of the time. */
  let tabs: Page[];
  const excuses = new Excuses();

  beforeAll(async () => {
    site = await startStaticSite(PAGES);
    browser = await startBrowser();
    tabs = await Promise.all(LOOKS.map(openTab));
  });

  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  it.each(PATHS)('%s has nothing axe objects to, on a desk and on a phone', async (path) => {
    // Both at once: a machine with two cores looks at a page in half the time.
    const wrong = await Promise.all(tabs.map((tab) => faultsOf(path, tab)));
    expect(wrong.flat()).toEqual([]);
  });

  const openTab = async (look: (typeof LOOKS)[number]): Promise<Page> => {
    const window = await visitor(browser, look);
    // A page that waits for the worker loads itself again; it stays while it is looked at.
    await window.addInitScript(() => {
      const soon = globalThis.setTimeout;
      globalThis.setTimeout = ((work: () => void, ms = 0) => (ms < 1000 ? soon(work, ms) : 0)) as typeof soon;
    });
    return window.newPage();
  };

  const faultsOf = async (path: string, tab: Page): Promise<string[]> => {
    await tab.goto(site.url + path);
    const width = tab.viewportSize()?.width;
    const isDesk = width === DESK;
    const isMain = MAIN.includes(path);
    await screenshot(tab, `${path.slice(1).replaceAll('/', '-')}-${width}`);
    const found = await axeViolations(tab, { thorough: isDesk && isMain });
    const violations = excuses.unexplained(path.slice('/fr'.length), found);
    const fits = await fitsWidth(tab);
    const adapt = isDesk ? hiddenFocus : faultsWhenAdapted;
    const adapted = isMain ? await adapt(tab) : [];
    const printed = isDesk && PRINTED.includes(path) ? await wrongInPrint(tab) : [];
    return [...violations, ...(fits ? [] : [`wider than ${width}`]), ...adapted, ...printed];
  };

  /** One after the other on the page that is open: loading it for each took most of the time. */
  const faultsWhenAdapted = async (tab: Page): Promise<string[]> => {
    const still = await moving(tab);
    const coloured = await lostInForcedColours(tab);
    return [...still, ...coloured, ...(await cutWhenZoomed(tab)), ...(await hiddenFocus(tab))];
  };

  it('need every excuse that is made for them', () => {
    expect(excuses.idle()).toEqual([]);
  });

  it('weighs less than 100 kB and takes at most ten requests', async () => {
    const window = await visitor(browser);
    const tab = await window.newPage();
    const requests: string[] = [];
    const bodies: Promise<Buffer>[] = [];
    tab.on('request', (request) => requests.push(request.url()));
    tab.on('response', (response) => bodies.push(response.body()));
    await tab.goto(`${site.url}/fr/tender`, { waitUntil: 'networkidle' });
    expect(requests.length).toBeLessThanOrEqual(10);
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).byteLength);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
    expect(requests.every((url) => url.startsWith(site.url))).toBe(true);
    await window.close();
  });
});
