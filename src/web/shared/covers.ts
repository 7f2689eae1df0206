/** What a member of a team would do, by kind of word. */
export interface CoversShown {
  readonly trades: readonly string[];
  readonly sites: readonly string[];
  /** Credentials, in the words of the package. */
  readonly others: readonly string[];
}

/** @param covers codes of trades, keys of places, credentials, as the matcher has them */
export function coversShown(covers: readonly string[]): CoversShown {
  const isTrade = (one: string): boolean => /^\d{8}$/.test(one);
  const isSite = (one: string): boolean => /^[a-z]+:/.test(one);
  return {
    trades: covers.filter(isTrade),
    sites: covers.filter((one) => !isTrade(one) && isSite(one)),
    others: covers.filter((one) => !isTrade(one) && !isSite(one)),
  };
}
