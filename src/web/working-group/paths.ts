/** Addresses of the working group's pages. */
export const workingGroupPaths = {
  figures: () => '/working-group',
  /** @param days of publication, both inside */
  export: (file: string, days: { readonly from: string; readonly to: string }) =>
    `/working-group/exports/${file}?from=${days.from}&to=${days.to}`,
};
