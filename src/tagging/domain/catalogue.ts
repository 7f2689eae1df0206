/** One line of the Common Procurement Vocabulary with its label in the four languages. */
export interface CpvEntry {
  readonly code: string;
  readonly level: string;
  readonly labels: Readonly<Record<'fr' | 'nl' | 'de' | 'en', string>>;
}

/** The vocabulary, with the divisions and groups numbered as the model numbers them. */
export class CpvCatalogue {
  readonly entries: ReadonlyMap<string, CpvEntry>;
  /** Two digits, ascending. */
  readonly divisions: readonly string[];
  /** Three digits, ascending. The bare division (`450`) counts as one: a buyer may say no more than that. */
  readonly groups: readonly string[];
  readonly divisionOfGroup: Int16Array;
  /** Groups of division d are `[groupStart[d], groupStart[d + 1])`. */
  readonly groupStart: Int32Array;
  private readonly divisionIndex: ReadonlyMap<string, number>;
  private readonly groupIndex: ReadonlyMap<string, number>;

  constructor(entries: readonly CpvEntry[]) {
    this.entries = new Map(entries.map((entry) => [entry.code, entry]));
    const codes = [...this.entries.keys()].toSorted();
    this.divisions = [...new Set(codes.map((code) => code.slice(0, 2)))];
    this.groups = [...new Set(codes.map((code) => code.slice(0, 3)))];
    this.divisionIndex = new Map(this.divisions.map((division, i) => [division, i]));
    this.groupIndex = new Map(this.groups.map((group, i) => [group, i]));
    this.divisionOfGroup = Int16Array.from(this.groups, (group) => this.divisionOf(group));
    this.groupStart = new Int32Array(this.divisions.length + 1);
    for (const [group, division] of this.divisionOfGroup.entries()) this.groupStart[division + 1] = group + 1;
  }

  has(code: string): boolean {
    return this.entries.has(code);
  }

  /** Number of the division of a code (any depth), or -1. */
  divisionOf(code: string): number {
    return this.divisionIndex.get(code.slice(0, 2)) ?? -1;
  }

  /** Number of the group of a code, or -1 when there is none. */
  groupOf(code: string): number {
    return this.groupIndex.get(code.slice(0, 3)) ?? -1;
  }

  /** A group that says no more than its division (`450`). */
  isWholeDivision(group: number): boolean {
    return this.groups[group]?.endsWith('0') ?? false;
  }

  divisionCode(division: number): string {
    return `${this.divisions[division] ?? '00'}000000`;
  }

  groupCode(group: number): string {
    return `${this.groups[group] ?? '000'}00000`;
  }
}
