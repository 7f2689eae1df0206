import type { Page } from 'playwright-core';

// What people change about a page, and what must then still hold: each looks at the page that is open and says what is
// wrong, one line each; empty when nothing. None loads anything.

/** A screen of 1280 by 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };

/** What WCAG 1.4.12 lets people ask for. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

/** Bars, marks and swatches that say something by their colour alone must not go when the system chooses all colours. */
export async function lostInForcedColours(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const ground = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (!/, 0\)$|transparent/.test(colour)) return colour;
      }
      return 'rgb(255, 255, 255)';
    };
    const isPainted = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const isEmpty = (element.textContent ?? '').trim() === '' && element.children.length === 0;
      const isLine = style.backgroundColor !== 'rgba(0, 0, 0, 0)';
      return (
        isEmpty && isLine && width > 1 && height > 1 && ground(element) !== ground(element.parentElement)
      );
    };
    for (const element of document.body.querySelectorAll('div, span, i, b'))
      if (isPainted(element)) element.setAttribute('data-painted', '');
  });
  await page.emulateMedia({ forcedColors: 'active' });
  const lost = await page.evaluate(() => {
    const wrong: string[] = [];
    const isSeen = (element: Element): boolean => {
      const style = getComputedStyle(element);
      const around = getComputedStyle(element.parentElement!);
      const hasLine = parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth) > 0;
      return hasLine || style.outlineStyle !== 'none' || style.backgroundColor !== around.backgroundColor;
    };
    for (const element of document.querySelectorAll('[data-painted]'))
      if (!isSeen(element)) wrong.push(`gone in forced colours: ${element.outerHTML.slice(0, 160)}`);
    for (const control of document.querySelectorAll('.govuk-button, input, select, textarea')) {
      const style = getComputedStyle(control);
      const { width } = control.getBoundingClientRect();
      const isDrawn =
        style.opacity === '0' || parseFloat(style.borderBottomWidth) > 0 || style.outlineStyle !== 'none';
      if (width > 1 && !isDrawn) wrong.push(`no edge in forced colours: ${control.outerHTML.slice(0, 160)}`);
    }
    return wrong;
  });
  await page.emulateMedia({ forcedColors: 'none' });
  return lost;
}

/** A sheet of A4 upright, in the pixels of style sheets. */
const SHEET = { width: 794, height: 1123 };

/** On paper there is nothing to press and nothing to go elsewhere with, and no table is cut at its edge. */
export async function wrongInPrint(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: 'print' });
  const wrong = await page.evaluate(() => {
    const said = (what: string) => (element: Element) =>
      `in print: ${what}: ${element.outerHTML.slice(0, 160)}`;
    const idle = [...document.querySelectorAll('nav, button, .govuk-button, .m-band')].filter((element) =>
      element.checkVisibility(),
    );
    const tooWide = [...document.querySelectorAll('main table')].filter(
      (table) => table.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
    );
    return [...idle.map(said('of no use')), ...tooWide.map(said('cut off'))];
  });
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(before);
  return wrong;
}

/** Whoever asks for less motion sees none. */
export function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seconds = (text: string): number =>
      Math.max(...text.split(',').map((one) => parseFloat(one) * (one.includes('ms') ? 0.001 : 1)));
    const wrong = document
      .getAnimations()
      .map((animation) => `moves: ${(animation as CSSAnimation).animationName ?? 'a transition'}`);
    if (getComputedStyle(document.documentElement).scrollBehavior === 'smooth')
      wrong.push('scrolls smoothly');
    for (const element of document.body.querySelectorAll('*')) {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
      const moves =
        seconds(transitionDuration) > 0.01 || (animationName !== 'none' && seconds(animationDuration) > 0.01);
      if (moves) wrong.push(`would move: ${element.outerHTML.slice(0, 160)}`);
    }
    return wrong;
  });
}

/** Zoomed to 400 %, with and without the distances people may ask for: nothing sticks out, nothing is cut off. */
export async function cutWhenZoomed(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  await page.setViewportSize(ZOOMED);
  const wrong = await cut(page, 'zoomed');
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, SPACED);
  wrong.push(...(await cut(page, 'zoomed and spaced')));
  await page.setViewportSize(before);
  wrong.push(...(await cut(page, 'spaced')));
  await page.evaluate(() => void (document.adoptedStyleSheets = []));
  return wrong;
}

function cut(page: Page, how: string): Promise<string[]> {
  return page.evaluate((state) => {
    const wrong: string[] = [];
    const { scrollWidth, clientWidth, clientHeight } = document.documentElement;
    if (scrollWidth > clientWidth) wrong.push(`${state}: ${scrollWidth} px wide, ${clientWidth} there`);
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const style = getComputedStyle(element);
      const stays = style.position === 'fixed' || style.position === 'sticky';
      if (stays && element.offsetHeight > clientHeight / 2 && style.display !== 'none')
        wrong.push(`${state}: covers half of the screen: ${element.outerHTML.slice(0, 160)}`);
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
      // What is there for screen readers alone is one pixel large.
      if (!hides || element.offsetWidth <= 1 || (element.textContent ?? '').trim() === '') continue;
      const isCut =
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (isCut) wrong.push(`${state}: cut off: ${element.outerHTML.slice(0, 160)}`);
    }
    return wrong;
  }, how);
}

/** Every place the keyboard reaches shows that it is there, and nothing lies over it. */
export async function hiddenFocus(page: Page): Promise<string[]> {
  // From here on the browser shows the focus as to somebody who uses the keyboard.
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const wrong: string[] = [];
    const MARKS = [
      'outlineStyle',
      'outlineWidth',
      'boxShadow',
      'backgroundColor',
      'borderBottomWidth',
      'textDecorationLine',
      'textDecorationThickness',
    ] as const;
    const look = (element: Element): string => {
      const label = (element as HTMLInputElement).labels?.[0];
      const seen = [getComputedStyle(element), ...(label ? [getComputedStyle(label, '::before')] : [])];
      return seen.flatMap((style) => MARKS.map((mark) => style[mark])).join(' ');
    };
    const isOwn = (element: Element, at: Element | null): boolean =>
      at !== null &&
      (element.contains(at) ||
        at.contains(element) ||
        [...((element as HTMLInputElement).labels ?? [])].some((label) => label.contains(at)));
    const places = document.body.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
    );
    for (const element of places) {
      if (!element.checkVisibility() || (element as HTMLInputElement).disabled) continue;
      (document.activeElement as HTMLElement | null)?.blur();
      const before = look(element);
      element.focus();
      if (document.activeElement !== element) continue;
      if (look(element) === before) wrong.push(`focus not seen: ${element.outerHTML.slice(0, 160)}`);
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const corners = [
        [(left + right) / 2, (top + bottom) / 2],
        [left + 2, top + 2],
        [right - 2, bottom - 2],
      ] as const;
      if (!corners.some(([x, y]) => isOwn(element, document.elementFromPoint(x, y))))
        wrong.push(`focus covered: ${element.outerHTML.slice(0, 160)}`);
    }
    return wrong;
  });
}
