import type { Browser } from 'playwright-core';
import { MESSAGES_FOLDER, Messages } from '../../src/platform/i18n/index.js';
import { Assets } from '../../src/web/shared/render/assets.js';
import { visitorContext, type PageContext } from '../../src/web/shared/render/page-context.js';
import { Renderer } from '../../src/web/shared/render/renderer.js';
import { ProductNames } from '../../src/web/shared/product-names.js';
import { axeFaults, fitsWidth, screenshot, startBrowser, visitor, WIDTHS } from './browser.js';
import { startStaticSite, type StaticSite } from './static-site.js';

const renderer = new Renderer(Messages.load(MESSAGES_FOLDER), new Assets(), new ProductNames());

const normal: PageContext = {
  ...visitorContext('fr', '/contractor/tenders', 'req-1'),
  viewer: { id: 'p1', name: 'Nadia Lambert', organisation: 'Constructions Ougrée SA', role: 'contractor' },
  formToken: 'token',
};
const withProblems: PageContext = {
  ...normal,
  problems: [
    { field: 'email', key: 'page.error' },
    { field: 'kind', key: 'page.error' },
  ],
  entries: { email: 'nadia@', message: 'déjà écrit', kind: 'part' },
};
const withFlash: PageContext = { ...normal, flash: { tone: 'success', key: 'foot.purpose' } };

const page = (context: PageContext) => () => renderer.page('style-guide.njk', {}, context);
const PAGES = new Map([
  ['/normal', page(normal)],
  ['/problems', page(withProblems)],
  ['/flash', page(withFlash)],
]);

describe('the pieces of the pages', () => {
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

  const looks = [...PAGES.keys()].flatMap((path) =>
    WIDTHS.flatMap((width) => [false, true].map((dark) => ({ path, width, dark }))),
  );

  it.each(looks)(
    '$path at $width px, dark: $dark, has nothing axe objects to',
    async ({ path, width, dark }) => {
      const window = await visitor(browser, { width, dark });
      const tab = await window.newPage();
      const complaints: string[] = [];
      tab.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await tab.goto(site.url + path);
      expect(complaints).toEqual([]);
      await screenshot(tab, `style-guide${path.replace('/', '-')}-${width}${dark ? '-dark' : ''}`);
      expect(await axeFaults(tab, { unsure: false })).toEqual([]);
      expect(await fitsWidth(tab)).toBe(true);
      await window.close();
    },
  );

  it('takes the focus to the error summary, and names the error in the title', async () => {
    const window = await visitor(browser);
    const tab = await window.newPage();
    await tab.goto(`${site.url}/problems`);
    expect(await tab.evaluate(() => document.activeElement?.className)).toContain('govuk-error-summary');
    expect(await tab.title()).toMatch(/^Erreur\s:/);
    expect(await tab.inputValue('#email')).toBe('nadia@');
    await window.close();
  });

  it('is whole without JavaScript', async () => {
    const window = await visitor(browser, { javaScript: false, width: 375 });
    const tab = await window.newPage();
    await tab.goto(`${site.url}/normal`);
    await screenshot(tab, 'style-guide-no-js-375');
    expect(await tab.getByRole('link', { name: 'Apporter un marché' }).first().isVisible()).toBe(true);
    await window.close();
  });
});
