const WHOLE = /^\d{1,4}(?:[.\-/][0-9A-Za-z]{1,6}){0,8}$/;
const CONTINUED = /^(?:\.[0-9A-Za-z]{1,6}){1,4}$/;
const LETTER_AT_END = /[a-z]$/;

/**
 * The whole number of articles that print only its end: `.1b` below `53.21.1a` is `53.21.1b`, and `a` below the title
 * `53.22` is `53.22a`.
 */
export class ArticleNumbers {
  private last = '';
  private lastIsTitle = false;

  /** A title or an article with a number of its own. */
  title(number: string): void {
    const bare = number.replace(/\.$/, '');
    this.last = WHOLE.test(bare) ? bare : '';
    this.lastIsTitle = true;
  }

  /** @returns the whole number where the printed one goes on with the one above; else null */
  line(number: string): string | null {
    const whole = this.wholeOf(number);
    if (whole !== null || WHOLE.test(number)) this.last = whole ?? number;
    else if (number !== '') this.last = '';
    this.lastIsTitle = false;
    return whole;
  }

  private wholeOf(number: string): string | null {
    if (this.last === '') return null;
    if (CONTINUED.test(number)) {
      const parts = this.last.split('.');
      const above = this.lastIsTitle ? parts : parts.slice(0, parts.length + 1 - number.split('.').length);
      return above.length === 0 ? null : above.join('.') + number;
    }
    // A mark such as `x` or `m` is no number.
    const letter = this.lastIsTitle ? undefined : LETTER_AT_END.exec(this.last)?.[0];
    if (number !== nextLetter(letter)) return null;
    return this.last.slice(0, this.last.length - (letter?.length ?? 0)) + number;
  }
}

function nextLetter(letter: string | undefined): string {
  return letter === undefined ? 'a' : String.fromCharCode(letter.charCodeAt(0) + 1);
}

/** `2.5` and `2.6`, but not `10` and `11`: round numbers are those of chapters. */
export function isNext(number: string, other: string): boolean {
  const [one, two] = [number, other].map((text) => text.replace(/\.$/, '').split('.'));
  const [last, following] = [one!.pop()!, two!.pop()!];
  const isPlain = /^\d*[1-9]$/.test(last) && /^\d+$/.test(following) && one!.join('.') === two!.join('.');
  return isPlain && Number(following) === Number(last) + 1;
}

/** `1.2` and `2.1`. */
export function isOfOtherChapter(number: string, other: string): boolean {
  const [one, two] = [number, other].map((text) => text.split('.'));
  return one!.length > 1 && one!.length === two!.length && one!.at(-2) !== two!.at(-2);
}
