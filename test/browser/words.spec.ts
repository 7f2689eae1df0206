import { globSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES } from '../../src/kernel/index.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { cutWhenZoomed } from './adaptable.js';
import { axeFaults, startBrowser, visitor } from './browser.js';
import { POLICY } from '../../src/accounts/index.js';
import {
  ALL_SAMPLES,
  EMPTY,
  isEmpty,
  isLong,
  isWrong,
  NEVER_WRONG,
  NO_PAGES,
  PAGES_OF_ROUTES,
  samplePages,
} from './page-states.js';
import type { Sample } from './sample-pages.js';
import { startStaticSite, type StaticSite } from './static-site.js';

const PAGES = [...samplePages(LANGUAGES)].map(([path, render]) => ({ path, html: render() }));

/** Words with a dot that are no keys: addresses, names of files, codes of problems. */
const NO_KEY = /example|exemple|voorbeeld|beispiel|bill\.|xlsx|yaml|rules\.|\.atom$|\.ics$/;

/** Something to fill in or to choose, in a form that is sent. */
const ASKS =
  /<form[^>]* method="post"(?:(?!<\/form>).)*?<(?:select|textarea|input(?![^>]*type="(?:hidden|search|submit)"))/s;

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

  it('are those of every page of the router', () => {
    const got = Object.keys(POLICY).filter(
      (route) => route.startsWith('GET /') && !/^GET \/(api|assets|health)\//.test(route),
    );
    expect([...Object.keys(PAGES_OF_ROUTES), ...NO_PAGES].toSorted()).toEqual(got.toSorted());
    const answered = globSync('src/web/**/*.controller.ts', { cwd: fromRoot() }).flatMap((file) =>
      [...readFileSync(fromRoot(file), 'utf8').matchAll(/'([a-z-]+\/views\/[a-z-]+\.njk)'/g)].map(
        ([, name]) => name!,
      ),
    );
    const known = new Set(Object.values(PAGES_OF_ROUTES).map(([template]) => template));
    expect(new Set(answered)).toEqual(known);
  });

  it('are those of every state that a page can be in: as usual, wrong, empty, long', () => {
    const states = Map.groupBy(ALL_SAMPLES, ({ template }) => template);
    const missing: string[] = [];
    const idle: string[] = [];
    for (const [template, emptiness] of Object.values(PAGES_OF_ROUTES)) {
      const samples = states.get(template) ?? [];
      const has = (state: (sample: Sample) => boolean): boolean => samples.some(state);
      if (!has((sample) => !isWrong(sample) && !isEmpty(sample) && !isLong(sample.path)))
        missing.push(`${template}: as usual`);
      if (!has(({ path }) => isLong(path))) missing.push(`${template}: long`);
      if (emptiness === EMPTY && !has(isEmpty)) missing.push(`${template}: empty`);
      if (emptiness !== EMPTY && has(isEmpty)) idle.push(`${template}: is empty all the same`);
      const asks = samples.some((sample) =>
        ASKS.test(PAGES.find(({ path }) => path === `/fr${sample.path}`)!.html),
      );
      if (asks && !has(isWrong) && !NEVER_WRONG.includes(template)) missing.push(`${template}: wrong`);
      if (NEVER_WRONG.includes(template) && (!asks || has(isWrong)))
        idle.push(`${template}: is wrong all the same`);
    }
    expect({ missing, idle }).toEqual({ missing: [], idle: [] });
  });

  it('fit a narrow phone in every language, and leave nothing that axe objects to or cannot tell', async () => {
    const window = await visitor(browser, { width: 320 });
    const tab = await window.newPage();
    await tab.goto(`${site.url}/fr/tender`);
    const wrong: string[] = [];
    for (const { path, html } of PAGES) {
      const width = await take(tab, html);
      const faults = width > 320 ? [`${width} px wide`] : [];
      // Those in French are looked at one by one, with their colours, which are the same in every language.
      if (!path.startsWith('/fr/')) faults.push(...(await axeFaults(tab, { colours: 'none' })));
      // The words of German are the longest. What is taken in has no script, and the menu waits for it.
      if (path.startsWith('/de/'))
        faults.push(...(await cutWhenZoomed(tab)).filter((fault) => !fault.includes(' id="navigation"')));
      wrong.push(...faults.map((fault) => `${path}: ${fault}`));
    }
    expect(wrong).toEqual([]);
    await window.close();
  }, 900_000);
});
