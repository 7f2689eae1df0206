/** Of what a page or a file speaks: days of publication, both inside, and the day whose knowledge counts. */
export interface AskedDays {
  readonly from: string;
  readonly to: string;
  /** Null for all that is known now. */
  readonly known: string | null;
  /** A NUTS code or the key of a municipality; absent for all packages. */
  readonly territory?: string;
}

/** Addresses of the working group's pages. */
export const workingGroupPaths = {
  figures: (days?: AskedDays) => `/working-group${days ? `?${queryOf(days)}` : ''}`,
  governance: (page = 1) => `/working-group/governance${page > 1 ? `?page=${page}` : ''}`,
  export: (file: string, days: AskedDays) => `/working-group/exports/${file}?${queryOf(days)}`,
  /** @param stage at which packages were lost */
  losses: (days: AskedDays, stage?: string) =>
    `/working-group/losses?${queryOf(days)}${stage ? `#at-${stage}` : ''}`,
  /** The packages lost for one reason. */
  lost: (reason: string, days: AskedDays, page = 1) =>
    `/working-group/losses/packages?reason=${reason}&${queryOf(days)}${page > 1 ? `&page=${page}` : ''}`,
  /** The packages behind a figure. @param of key of the group; null for what names none */
  packages: (by: string, of: string | null, figure: string, days: AskedDays, page = 1) => {
    const asked = new URLSearchParams({ by, ...(of === null ? {} : { of }), figure });
    return `/working-group/packages?${asked}&${queryOf(days)}${page > 1 ? `&page=${page}` : ''}`;
  },
  /** All that were published, in a territory. */
  published: (days: AskedDays, page = 1) =>
    `/working-group/packages?${queryOf(days)}${page > 1 ? `&page=${page}` : ''}`,
};

function queryOf({ from, to, known, territory }: AskedDays): string {
  return new URLSearchParams({
    from,
    to,
    ...(known === null ? {} : { known }),
    ...(territory === undefined ? {} : { territory }),
  }).toString();
}
