export interface Pages {
  readonly current: number;
  readonly total: number;
  readonly href: readonly string[];
}

/** A page number as it stands in an address; what makes no sense is the first. */
export function pageNumber(asked: unknown): number {
  const number = Number(asked);
  return Number.isSafeInteger(number) && number >= 1 ? number : 1;
}

/** Where in a list of `count` somebody is, and the addresses of all pages. A page that is not there is the first. */
export function pagesOf(
  count: number,
  size: number,
  asked: unknown,
  hrefOf: (page: number) => string,
): Pages {
  const total = Math.max(1, Math.ceil(count / size));
  const number = pageNumber(asked);
  return {
    current: number <= total ? number : 1,
    total,
    href: Array.from({ length: total }, (_, index) => hrefOf(index + 1)),
  };
}

/** One page of a list that is held whole. */
export function paged<Item>(
  items: readonly Item[],
  size: number,
  asked: unknown,
  hrefOf: (page: number) => string,
): { readonly items: readonly Item[]; readonly pages: Pages } {
  const pages = pagesOf(items.length, size, asked, hrefOf);
  return { items: items.slice((pages.current - 1) * size, pages.current * size), pages };
}
