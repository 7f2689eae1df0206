export interface Pages {
  readonly current: number;
  readonly total: number;
  readonly href: readonly string[];
}

/** One page of a list, and the addresses of all pages. A page number that makes no sense is the first. */
export function paged<Item>(
  items: readonly Item[],
  size: number,
  asked: unknown,
  hrefOf: (page: number) => string,
): { readonly items: readonly Item[]; readonly pages: Pages } {
  const total = Math.max(1, Math.ceil(items.length / size));
  const number = Number(asked);
  const current = Number.isInteger(number) && number >= 1 && number <= total ? number : 1;
  return {
    items: items.slice((current - 1) * size, current * size),
    pages: { current, total, href: Array.from({ length: total }, (_, index) => hrefOf(index + 1)) },
  };
}
