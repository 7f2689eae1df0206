/** A file with where it is got. */
export interface FileShown {
  readonly name: string;
  readonly href: string;
  /** A scanner for malware looked at it. */
  readonly scanned: boolean;
}
