/** Where axe cannot tell and we can: of elements of one kind alone, by one rule alone. */
interface Excuse {
  /** What axe says. */
  readonly says: string;
  /** The elements of which it may be said. */
  readonly of: RegExp;
  readonly why: string;
}

const RULE = 'color-contrast: ';
const IN_A_FRAME = /^in a frame: /;

const EXCUSES: readonly Excuse[] = [
  {
    says: 'Element content is too short',
    of: /^<(t[dh][^>]* class="govuk-table__|a class="govuk-link"|text class="m-map__label")/,
    why: 'a figure or a letter alone has the colours of the longer ones beside it',
  },
  {
    says: 'Element content contains only non-text characters',
    of: /^<(span[^>]* aria-hidden="true"|li class="[^"]*govuk-pagination__item--ellipsis)/,
    why: 'a mark of one sign says what stands beside it in words',
  },
  {
    says: 'could not be determined due to a pseudo element',
    of: /^<label class="govuk-label govuk-(radios|checkboxes)__label/,
    why: 'the circle or the box of a choice is drawn beside its label, on the same ground',
  },
  {
    says: 'overlapped by another element',
    of: /^<text class="m-map__label/,
    why: 'the names on a map lie over areas whose colours leave them legible',
  },
  {
    says: 'element contains an image node',
    of: /^<text class="m-line__label/,
    why: 'the years under a line of time stand on the ground of the page',
  },
  {
    says: 'other element',
    of: IN_A_FRAME,
    why: 'what the frame of a wide table cuts off has the colours of its column where it is scrolled to',
  },
];

/** Takes away what is excused, and remembers which excuses were needed. */
export class Excuses {
  private readonly needed = new Set<Excuse>();

  /** @param faults as axeFaults says them @returns those that nobody explained */
  unexplained(faults: readonly string[]): string[] {
    return faults.filter((fault) => {
      const [said, element = ''] = fault.split(' -- ');
      const excuse = EXCUSES.find(
        ({ says, of }) =>
          said!.startsWith(RULE) &&
          said!.includes(says) &&
          [element, element.replace(IN_A_FRAME, '')].some((one) => of.test(one)),
      );
      if (excuse) this.needed.add(excuse);
      return excuse === undefined;
    });
  }

  /** Those that no page needed: what they excused is mended, or was never there. */
  idle(): string[] {
    return EXCUSES.filter((excuse) => !this.needed.has(excuse)).map(({ says }) => says);
  }
}
