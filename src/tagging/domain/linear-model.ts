/** Learned weights; see `training/`. */
export interface LinearModel {
  readonly version: string;
}
