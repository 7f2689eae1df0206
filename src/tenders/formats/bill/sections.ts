interface Title {
  readonly depth: number;
  readonly number: string;
  readonly text: string;
}

const CODE = /^[0-9A-Za-z]{1,6}([.\-/][0-9A-Za-z]{1,6}){0,8}\.?$/;
const CODE_FIRST = /^((?:\d{1,4}|[A-Z])(?:[.\-/][0-9A-Za-z]{1,6}){0,8})\.?[\s:–—-]+(\S.*)$/;
/** Titles without a number stand below all numbered ones that are open. */
const UNNUMBERED = 50;
const SITE = 0;

function depthOf(code: string): number {
  return code !== '' && CODE.test(code) ? code.replace(/\.$/, '').split(/[.\-/]/).length : UNNUMBERED;
}

/** Of a number with fewer parts, or a letter (`A`, `II`) above plain numbers. */
function standsAbove(title: Title, number: string): boolean {
  const depth = depthOf(number);
  const isLetter = /^[A-Z]{1,4}\.?$/.test(title.number);
  return title.depth < depth || (title.depth === depth && isLetter && /^\d/.test(number));
}

/** Of the same parent, and neither a round number (`3.10` above `3.11`) nor the beginning of the other (`3.4`, `3.4a`). */
function isSibling(title: string, line: string): boolean {
  const [above, below] = [title, line].map((number) => number.replace(/\.$/, '').split(/[.\-/]/));
  const [last, own] = [above!.at(-1)!, below!.at(-1)!];
  if (above!.length < 2 || above!.length !== below!.length || last === own) return false;
  if (above!.slice(0, -1).join() !== below!.slice(0, -1).join() || own.startsWith(last)) return false;
  const round = /^(\d*[1-9])0+$/.exec(last)?.[1];
  return round === undefined || own.length !== last.length || !own.startsWith(round);
}

/** The titles open above a row, outermost first; the depth of a title is that of its number. */
export class OpenTitles {
  private titles: readonly Title[] = [];

  open(number: string, text: string): void {
    const split = number === '' ? CODE_FIRST.exec(text) : null;
    const own = split?.[1] ?? number;
    const depth = depthOf(own);
    this.titles = [
      ...this.titles.filter((title) => standsAbove(title, own)),
      { depth, number: own, text: (split?.[2] ?? text).replace(/\s*:$/, '') },
    ];
  }

  /** A place of work stands above all chapters, open or to come, until another is named. */
  openSite(text: string): void {
    const chapters = this.titles.filter(({ depth }) => depth !== SITE);
    this.titles = [{ depth: SITE, number: '', text }, ...chapters];
  }

  /** The titles that stay open when one of that number opens. */
  openAbove(number: string): readonly string[] {
    return this.titles.filter((title) => standsAbove(title, number)).map((title) => title.text);
  }

  /** An article is no title of what follows it. */
  closeFrom(number: string): void {
    this.titles = this.titles.filter((title) => standsAbove(title, number));
  }

  /** The titles a line of that number stands under: `1.2` is no title of `1.3`. */
  textsAbove(number: string): readonly string[] {
    return this.titles.filter((title) => !isSibling(title.number, number)).map(({ text }) => text);
  }

  close(): void {
    this.titles = [];
  }

  /** The number of the innermost title; nothing where it has none. */
  get lastNumber(): string {
    return this.titles.at(-1)?.number ?? '';
  }

  /** The title right above is one without a number. */
  get endsUnnumbered(): boolean {
    return this.titles.at(-1)?.depth === UNNUMBERED;
  }
}
