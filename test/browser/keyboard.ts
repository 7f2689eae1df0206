import type { CDPSession, Page } from 'playwright-core';

/** Further than any control is from any other on our pages. */
const MOST_TABS = 150;

type Role = 'button' | 'link' | 'textbox' | 'checkbox' | 'radio' | 'combobox' | 'summary';

/** Where the keyboard is, as assistive technology says it. */
interface Stop {
  readonly role: string;
  readonly name: string;
}

interface AxValue {
  readonly value?: unknown;
}

/** Chromium's words for what ours are. */
const ALIKE: Readonly<Record<string, Role>> = {
  DisclosureTriangle: 'summary',
  spinbutton: 'textbox',
  searchbox: 'textbox',
};

const PLACES: ReadonlySet<string> = new Set<Role>([
  'button',
  'link',
  'textbox',
  'checkbox',
  'radio',
  'combobox',
  'summary',
]);

/** Somebody who has no mouse: goes by Tab, acts by Enter, Space and the arrows, and must see where they are. */
export class Keyboard {
  private constructor(
    private readonly tab: Page,
    private readonly session: CDPSession,
  ) {}

  static async of(tab: Page): Promise<Keyboard> {
    return new Keyboard(tab, await tab.context().newCDPSession(tab));
  }

  /** @throws Error with the places it passed, when it does not get there */
  async to(role: Role, name: string | RegExp): Promise<void> {
    const passed: string[] = [];
    let ends = 0;
    while (ends < 2 && passed.length < MOST_TABS) {
      const at = await this.stop();
      if (at.role === role && isNamed(at.name, name)) return this.see(at);
      passed.push(`${at.role} "${at.name.trim()}"`);
      // After the last place of the page comes the page itself.
      if (passed.length > 1 && at.name === '' && !PLACES.has(at.role)) ends += 1;
      await this.tab.keyboard.press('Tab');
    }
    const places = [...new Set(passed)].join(', ');
    throw new Error(`no key leads to ${role} ${String(name)} on ${this.tab.url()}: ${places}`);
  }

  /** Follows a link or presses a button, and waits for the page that comes. */
  async press(role: 'button' | 'link', name: string | RegExp): Promise<void> {
    await this.to(role, name);
    const page = this.tab.waitForNavigation();
    await this.tab.keyboard.press('Enter');
    await page;
  }

  async open(name: string | RegExp): Promise<void> {
    await this.to('summary', name);
    await this.tab.keyboard.press('Enter');
  }

  async type(name: string | RegExp, text: string): Promise<void> {
    await this.to('textbox', name);
    await this.tab.keyboard.press('ControlOrMeta+A');
    await this.tab.keyboard.type(text);
  }

  async tick(name: string | RegExp): Promise<void> {
    await this.to('checkbox', name);
    await this.tab.keyboard.press('Space');
  }

  /** An option of a list, by typing the beginning of its name. */
  async pick(name: string | RegExp, option: string): Promise<void> {
    await this.to('combobox', name);
    await this.tab.keyboard.type(option);
  }

  /** Tab stops once at a group of radio buttons, here the next one; the arrows go on in it, and choose. */
  async choose(wanted: string | RegExp): Promise<void> {
    await this.to('radio', /./);
    await this.tab.keyboard.press('Space');
    for (let presses = 0; presses < MOST_TABS; presses += 1) {
      const at = await this.stop();
      if (isNamed(at.name, wanted)) return this.see(at);
      await this.tab.keyboard.press('ArrowDown');
    }
    throw new Error(`the arrows do not get to ${String(wanted)}`);
  }

  private async stop(): Promise<Stop> {
    const { result } = await this.session.send('Runtime.evaluate', { expression: 'document.activeElement' });
    const { nodes } = await this.session.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId!,
      fetchRelatives: false,
    });
    await this.session.send('Runtime.releaseObject', { objectId: result.objectId! });
    const say = (value: AxValue | undefined): string => String(value?.value ?? '');
    const role = say(nodes[0]?.role);
    return { role: ALIKE[role] ?? role, name: say(nodes[0]?.name) };
  }

  /** The place is on the screen, nothing lies over it, and it shows that it has the focus. */
  private async see({ role, name }: Stop): Promise<void> {
    const wrong = await this.tab.evaluate(() => {
      const element = document.activeElement!;
      const label = (element as HTMLInputElement).labels?.[0];
      const styles = [getComputedStyle(element), ...(label ? [getComputedStyle(label, '::before')] : [])];
      const isMarked = styles.some(
        ({ outlineStyle, outlineWidth, boxShadow }) =>
          (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
      );
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isOnTop =
        over !== null && (element.contains(over) || over.contains(element) || label?.contains(over));
      return [
        ...(element.matches(':focus-visible') && isMarked ? [] : ['shows no focus']),
        ...(isOnTop ? [] : ['is covered or off the screen']),
      ];
    });
    if (wrong.length > 0) throw new Error(`${role} "${name}" ${wrong.join(', ')} on ${this.tab.url()}`);
  }
}

function isNamed(name: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? name === wanted : wanted.test(name);
}
