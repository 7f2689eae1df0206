import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CANDIDATES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Where screenshots go when SCREENSHOTS names a folder; otherwise none are taken. */
const screenshots = process.env['SCREENSHOTS'];

export const WIDTHS = [1280, 375] as const;

/** The Chromium of the system. @throws Error that says how to get one */
export function chromiumPath(): string {
  const path = CANDIDATES.find((candidate) => candidate !== undefined && existsSync(candidate));
  if (!path) throw new Error('no Chromium: install the package "chromium" or set CHROMIUM to its path');
  return path;
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
}

export interface Visit {
  readonly width?: number;
  readonly javaScript?: boolean;
  readonly dark?: boolean;
  readonly forcedColours?: boolean;
}

/** A browser window of one person. */
export function visitor(browser: Browser, visit: Visit = {}): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: visit.width ?? 1280, height: 900 },
    javaScriptEnabled: visit.javaScript ?? true,
    colorScheme: visit.dark ? 'dark' : 'light',
    forcedColors: visit.forcedColours ? 'active' : 'none',
    reducedMotion: 'reduce',
    locale: 'fr-BE',
    timezoneId: 'Europe/Brussels',
  });
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The half that a page has to take in, for the same rules. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds wrong, and what it cannot tell by itself, one line each; empty when nothing. It needs JavaScript in
 * the page.
 * @param colours contrast takes most of the time; 'alone' asks about nothing else
 * @param unsure whether what axe cannot tell counts
 */
export async function axeFaults(
  page: Page,
  {
    colours = 'too',
    unsure = true,
  }: { readonly colours?: 'too' | 'alone' | 'none'; readonly unsure?: boolean } = {},
): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const found = await page.evaluate(
    async ({ runOnly, resultTypes, rules }) => {
      const { axe: inPage } = window as unknown as { axe: typeof axe };
      // The mail shown in a sandboxed frame runs no script, axe's neither.
      const { violations, incomplete } = await inPage.run(
        { exclude: [['iframe[sandbox]']] },
        { runOnly, resultTypes, rules },
      );
      return [violations, incomplete].map((results) =>
        results.flatMap(({ id, help, nodes }) =>
          nodes.map(({ html, any, all, none, target }) => {
            const said = [...any, ...all, ...none].map(({ message }) => message).join('; ');
            const isInFrame = document.querySelector(String(target[0]))?.closest('.m-table-frame');
            return `${id}: ${help} ${said} -- ${isInFrame ? 'in a frame: ' : ''}${html.slice(0, 160)}`;
          }),
        ),
      );
    },
    {
      runOnly: colours === 'alone' ? { type: 'rule' as const, values: ['color-contrast'] } : RULES,
      resultTypes: ['violations', 'incomplete'] as ('violations' | 'incomplete')[],
      rules:
        colours === 'alone'
          ? {}
          : { 'target-size': { enabled: true }, 'color-contrast': { enabled: colours === 'too' } },
    },
  );
  return unsure ? found.flat() : found[0]!;
}

/** True when nothing sticks out on the right: the page reflows and needs no scrolling sideways. */
export function fitsWidth(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

/** Takes a picture of the whole page, when asked for by SCREENSHOTS. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!screenshots) return;
  await mkdir(screenshots, { recursive: true });
  const { width, height } = await page.evaluate(() => document.documentElement.getBoundingClientRect());
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 60,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  await session.detach();
  await writeFile(join(screenshots, `${name}.webp`), Buffer.from(data, 'base64'));
}
