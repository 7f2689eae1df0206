/** How much a term counts by where it comes from. */
export const CODE_POWER = { trade: 1, label: 0.5 } as const;
