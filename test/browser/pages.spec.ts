import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES } from '../../src/kernel/index.js';
import { axeViolations, fitsWidth, screenshot, startBrowser, visitor } from './browser.js';
import { samplePages } from './sample-pages.js';
import { startStaticSite, type StaticSite } from './static-site.js';

const PAGES = samplePages(LANGUAGES);
const inFrench = [...PAGES.keys()].filter((path) => path.startsWith('/fr/'));
const elsewhere = [...PAGES.keys()].filter((path) => !path.startsWith('/fr/'));

/** Words with a dot that are no keys: addresses, names of files, codes of problems. */
const NO_KEY = /example|exemple|voorbeeld|beispiel|bill\.|xlsx|yaml|rules\./;
const LOOKS = [{ width: 1280 }, { width: 375, dark: true }] as const;

describe('the pages, from sample data', () => {
  let site: StaticSite;
  let browser: Browser;
  /** One for each look, kept for all pages: a window of its own for each took most of the time. */
  let tabs: Page[];

  beforeAll(async () => {
    site = await startStaticSite(PAGES);
    browser = await startBrowser();
    tabs = await Promise.all(LOOKS.map(async (look) => (await visitor(browser, look)).newPage()));
  });

  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  it.each(inFrench)('%s has nothing axe objects to, on a desk and on a phone', async (path) => {
    // Both at once: a machine with two cores looks at a page in half the time.
    const wrong = await Promise.all(tabs.map((tab) => faultsOf(path, tab)));
    expect(wrong.flat()).toEqual([]);
  });

  const faultsOf = async (path: string, tab: Page): Promise<string[]> => {
    await tab.goto(site.url + path);
    // A page that waits for the worker loads itself again; it stays while it is looked at.
    await tab.route('**/*', (route) =>
      route.request().isNavigationRequest() ? route.abort() : route.continue(),
    );
    const width = tab.viewportSize()?.width;
    await screenshot(tab, `${path.slice(1).replaceAll('/', '-')}-${width}`);
    const violations = await axeViolations(tab);
    const fits = await fitsWidth(tab);
    await tab.unrouteAll({ behavior: 'ignoreErrors' });
    return [...violations, ...(fits ? [] : [`wider than ${width}`])];
  };

  it('says every word in every language, and fits a narrow phone', async () => {
    const wrong: string[] = [];
    const paths = [...inFrench, ...elsewhere];
    const half = Math.ceil(paths.length / 2);
    await Promise.all(
      [paths.slice(0, half), paths.slice(half)].map(async (some) => {
        const window = await visitor(browser, { width: 320, javaScript: false });
        const tab = await window.newPage();
        for (const path of some) {
          await tab.goto(site.url + path);
          const text = await tab.locator('body').innerText();
          // A key that has no sentence shows as itself; a place that nothing filled keeps its braces.
          const keys = text.match(/\b[a-z][a-zA-Z]+(\.[a-zA-Z][\w-]*){1,4}\b(?!@)/g) ?? [];
          wrong.push(...keys.filter((key) => !NO_KEY.test(key)).map((key) => `${path}: ${key}`));
          wrong.push(...(text.match(/\{\w+\}/g) ?? []).map((left) => `${path}: ${left}`));
          if (!(await tab.evaluate('document.documentElement.scrollWidth <= 320')))
            wrong.push(`${path}: too wide`);
        }
        await window.close();
      }),
    );
    expect(wrong).toEqual([]);
  }, 600_000);

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
