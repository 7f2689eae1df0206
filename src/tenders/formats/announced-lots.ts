import type { Grid } from './bill/grid.js';
import { lotHeadingOf } from './bill/words.js';

const LONGEST_HEADING = 120;

/** Headings such as `Lot 1 : Espaces verts` before the tables. A list of all lots announces none of them. */
export class AnnouncedLots {
  private since: { readonly ref: string; readonly text: string }[] = [];
  private current: string | undefined;

  read(text: string): void {
    const heading = text.length <= LONGEST_HEADING ? lotHeadingOf(text) : null;
    if (heading) this.since.push({ ref: heading.ref, text });
  }

  ofTable(): Pick<Grid, 'announcedLot'> {
    const last = this.since.at(-1);
    const times = this.since.filter(({ ref }) => ref === last?.ref).length;
    if (last) this.current = this.since.length === 1 || times > 1 ? last.text : undefined;
    this.since = [];
    return this.current === undefined ? {} : { announcedLot: this.current };
  }
}
