/** Addresses of the working group's pages. */
export const workingGroupPaths = {
  figures: () => '/working-group',
};
