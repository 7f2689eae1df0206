interface Title {
  readonly depth: number;
  readonly text: string;
}

const CODE = /^[0-9A-Za-z]{1,6}([.\-/][0-9A-Za-z]{1,6}){0,8}\.?$/;
const CODE_FIRST = /^((?:\d{1,4}|[A-Z])(?:[.\-/][0-9A-Za-z]{1,6}){0,8})\.?[\s:–—-]+(\S.*)$/;
/** Titles without a number stand below all numbered ones that are open. */
const UNNUMBERED = 50;

/** The titles open above a row, outermost first; the depth of a title is that of its number. */
export class OpenTitles {
  private titles: readonly Title[] = [];

  open(number: string, text: string): void {
    const split = number === '' ? CODE_FIRST.exec(text) : null;
    const code = split?.[1] ?? number;
    const words = split?.[2] ?? text;
    const depth =
      code !== '' && CODE.test(code) ? code.replace(/\.$/, '').split(/[.\-/]/).length : UNNUMBERED;
    this.titles = [...this.titles.filter((title) => title.depth < depth), { depth, text: words }];
  }

  close(): void {
    this.titles = [];
  }

  get texts(): readonly string[] {
    return this.titles.map((title) => title.text);
  }
}
