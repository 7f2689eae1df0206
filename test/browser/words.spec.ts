import { globSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES } from '../../src/kernel/index.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { axeViolations, startBrowser, visitor } from './browser.js';
import { SAMPLED, samplePages } from './sample-pages.js';
import { startStaticSite, type StaticSite } from './static-site.js';

const PAGES = [...samplePages(LANGUAGES)].map(([path, render]) => ({ path, html: render() }));

/** Words with a dot that are no keys: addresses, names of files, codes of problems. */
const NO_KEY = /example|exemple|voorbeeld|beispiel|bill\.|xlsx|yaml|rules\./;

/** What a page says, seen or read out. */
function wordsOf(html: string): string {
  const spoken = [...html.matchAll(/ (?:aria-label|alt|placeholder)="([^"]*)"/g)].map(([, text]) => text);
  const shown = html.replace(/<head>.*<\/head>|<script.*?<\/script>/gs, ' ').replace(/<[^>]*>/g, ' ');
  return [shown, ...spoken].join(' ').replaceAll('&amp;', '&');
}

/** One page with our styles takes in the body of each: loading each anew took most of the time. */
function take(tab: Page, html: string): Promise<number> {
  return tab.evaluate((text) => {
    const other = new DOMParser().parseFromString(text, 'text/html');
    document.documentElement.lang = other.documentElement.lang;
    document.title = other.title;
    document.body.replaceWith(document.adoptNode(other.body));
    return document.documentElement.scrollWidth;
  }, html);
}

describe('the words of the pages', () => {
  let site: StaticSite;
  let browser: Browser;

  beforeAll(async () => {
    site = await startStaticSite(new Map(PAGES.map(({ path, html }) => [path, () => html])));
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  it('are all said in every language', () => {
    const wrong: string[] = [];
    for (const { path, html } of PAGES) {
      const text = wordsOf(html);
      // A key that has no sentence shows as itself; a place that nothing filled keeps its braces.
      const keys = text.match(/\b[a-z][a-zA-Z]+(\.[a-zA-Z][\w-]*){1,4}\b(?!@)/g) ?? [];
      wrong.push(...keys.filter((key) => !NO_KEY.test(key)).map((key) => `${path}: ${key}`));
      wrong.push(...(text.match(/\{\w+\}/g) ?? []).map((left) => `${path}: ${left}`));
    }
    expect(wrong).toEqual([]);
  });

  it('fit a narrow phone in every language', async () => {
    const window = await visitor(browser, { width: 320, javaScript: false });
    const tab = await window.newPage();
    await tab.goto(`${site.url}/fr/tender`);
    const wide: string[] = [];
    for (const { path, html } of PAGES) {
      const width = await take(tab, html);
      if (width > 320) wide.push(`${path}: ${width}`);
    }
    expect(wide).toEqual([]);
    await window.close();
  });

  it('are those of every page that a controller answers with', () => {
    const answered = globSync('src/web/**/*.controller.ts', { cwd: fromRoot() }).flatMap((file) =>
      [...readFileSync(fromRoot(file), 'utf8').matchAll(/'([a-z-]+\/views\/[a-z-]+\.njk)'/g)].map(
        ([, name]) => name!,
      ),
    );
    expect(answered.length).toBeGreaterThan(50);
    expect(answered.filter((name) => !SAMPLED.has(name))).toEqual([]);
  });

  // Colours are looked at in French: they are the same in every language.
  it('leave nothing that axe objects to in the other languages', async () => {
    const window = await visitor(browser);
    const tab = await window.newPage();
    await tab.goto(`${site.url}/fr/tender`);
    const wrong: string[] = [];
    for (const { path, html } of PAGES) {
      if (path.startsWith('/fr/')) continue;
      await take(tab, html);
      wrong.push(...(await axeViolations(tab, { colours: false })).map((fault) => `${path}: ${fault}`));
    }
    expect(wrong).toEqual([]);
    await window.close();
  }, 240_000);
});
