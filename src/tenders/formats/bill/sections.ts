interface Title {
  readonly depth: number;
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

/** The titles open above a row, outermost first; the depth of a title is that of its number. */
export class OpenTitles {
  private titles: readonly Title[] = [];

  open(number: string, text: string): void {
    const split = number === '' ? CODE_FIRST.exec(text) : null;
    const depth = depthOf(split?.[1] ?? number);
    this.titles = [
      ...this.titles.filter((title) => title.depth < depth),
      { depth, text: split?.[2] ?? text },
    ];
  }

  /** A place of work stands above all chapters, open or to come, until another is named. */
  openSite(text: string): void {
    const chapters = this.titles.filter(({ depth }) => depth !== SITE);
    this.titles = [{ depth: SITE, text }, ...chapters];
  }

  /** The titles that stay open when one of that number opens. */
  openAbove(number: string): readonly string[] {
    const depth = depthOf(number);
    return this.titles.filter((title) => title.depth < depth).map((title) => title.text);
  }

  close(): void {
    this.titles = [];
  }

  /** The title right above is one without a number. */
  get endsUnnumbered(): boolean {
    return this.titles.at(-1)?.depth === UNNUMBERED;
  }

  get texts(): readonly string[] {
    return this.titles.map((title) => title.text);
  }
}
