import type { Browser } from 'playwright-core';
import { LANGUAGES } from '../../src/kernel/index.js';
import { startBrowser, visitor } from './browser.js';
import { samplePages } from './sample-pages.js';
import { startStaticSite, type StaticSite } from './static-site.js';

const PAGES = samplePages(LANGUAGES);

/** Words with a dot that are no keys: addresses, names of files, codes of problems. */
const NO_KEY = /example|exemple|voorbeeld|beispiel|bill\.|xlsx|yaml|rules\./;

describe('the words of the pages', () => {
  let site: StaticSite;
  let browser: Browser;

  beforeAll(async () => {
    site = await startStaticSite(PAGES);
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  it('says every word in every language, and fits a narrow phone', async () => {
    const wrong: string[] = [];
    const paths = [...PAGES.keys()];
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
});
