/** Where axe cannot tell and we can: on these pages alone, by this rule alone. */
interface Excuse {
  readonly rule: string;
  /** What axe says of it. */
  readonly says: string;
  readonly why: string;
  /** Samples, below their language. */
  readonly pages: readonly string[];
}

const EXCUSES: readonly Excuse[] = [
  {
    rule: 'color-contrast',
    says: 'Element content is too short',
    why: 'a figure of one letter has the colours of the longer ones beside it',
    pages: ['/figures'],
  },
  {
    rule: 'color-contrast',
    says: 'Element content contains only non-text characters',
    why: 'a mark of one sign is hidden from readers, who are told in words',
    pages: ['/opportunity'],
  },
  {
    rule: 'color-contrast',
    says: 'could not be determined due to a pseudo element -- <label',
    why: 'the circle of a choice is drawn beside its label, on the same ground',
    pages: ['/package', '/publish'],
  },
  {
    rule: 'color-contrast',
    says: 'overlapped by another element',
    why: 'the names on a map lie over areas whose colours leave them legible',
    pages: ['/figures'],
  },
];

/** Takes away what is excused on a page, and remembers which excuses were needed. */
export class Excuses {
  private readonly needed = new Set<string>();

  /** @param faults as axeViolations says them @returns those that nobody explained */
  unexplained(page: string, faults: readonly string[]): string[] {
    return faults.filter((fault) => {
      const excuse = EXCUSES.find(
        ({ rule, says, pages }) =>
          fault.startsWith(`${rule}: `) && fault.includes(says) && pages.includes(page),
      );
      if (excuse) this.needed.add(`${page}: ${excuse.says}`);
      return excuse === undefined;
    });
  }

  /** Those that no page needed: what they excused is mended, or was never there. */
  idle(): string[] {
    return EXCUSES.flatMap(({ says, pages }) => pages.map((page) => `${page}: ${says}`)).filter(
      (excuse) => !this.needed.has(excuse),
    );
  }
}
