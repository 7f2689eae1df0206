/** Of what a page or a file speaks: days of publication, both inside, and the day whose knowledge counts. */
export interface AskedDays {
  readonly from: string;
  readonly to: string;
  /** Null for all that is known now. */
  readonly known: string | null;
}

/** Addresses of the working group's pages. */
export const workingGroupPaths = {
  figures: () => '/working-group',
  export: (file: string, days: AskedDays) => `/working-group/exports/${file}?${queryOf(days)}`,
  losses: (days: AskedDays) => `/working-group/losses?${queryOf(days)}`,
  /** The packages lost for one reason. */
  lost: (reason: string, days: AskedDays, page = 1) =>
    `/working-group/losses/packages?reason=${reason}&${queryOf(days)}${page > 1 ? `&page=${page}` : ''}`,
  /** The packages behind a figure. @param of key of the group; null for what names none */
  packages: (by: string, of: string | null, figure: string, days: AskedDays, page = 1) => {
    const asked = new URLSearchParams({ by, ...(of === null ? {} : { of }), figure });
    return `/working-group/packages?${asked}&${queryOf(days)}${page > 1 ? `&page=${page}` : ''}`;
  },
};

function queryOf({ from, to, known }: AskedDays): string {
  return new URLSearchParams({ from, to, ...(known === null ? {} : { known }) }).toString();
}
