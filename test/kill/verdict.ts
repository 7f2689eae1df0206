/** A piece of news that must reach somebody, or that did. */
export interface Told {
  /** Who, and of what: one mail, or one line in the inbox, per key. */
  readonly key: string;
  /** What the copy calls itself: two copies of one mail have the same. */
  readonly identity: string;
}

export interface Verdict {
  readonly lost: readonly string[];
  readonly unexpected: readonly string[];
  /** Copies beyond the first. */
  readonly copies: readonly string[];
  /** Keys that came under more than one identity. */
  readonly changedIdentity: readonly string[];
}

/** Compares what had to be told with what the sinks took; nothing else is asked. */
export function verdict(expected: ReadonlySet<string>, told: readonly Told[]): Verdict {
  const identities = new Map<string, Set<string>>();
  const copies: string[] = [];
  for (const { key, identity } of told) {
    const known = identities.get(key);
    if (known) copies.push(key);
    identities.set(key, (known ?? new Set()).add(identity));
  }
  return {
    lost: [...expected].filter((key) => !identities.has(key)),
    unexpected: [...identities.keys()].filter((key) => !expected.has(key)),
    copies,
    changedIdentity: [...identities].filter(([, known]) => known.size > 1).map(([key]) => key),
  };
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
