import { sitesAfter, type PastAct } from './places-along.js';

type Sites = Record<string, readonly string[]>;

/** Acts one after the other, as they are stored. */
class Packages {
  private readonly past: PastAct[] = [];

  constructor(private sites: Sites) {}

  move(line: string, from: string | null, to: string | null): this {
    const home = (id: string | null) => (id === null ? { reason: 'left-out' as const } : { packageId: id });
    const moved = [{ line, from: home(from), to: home(to) }];
    const before = new Map(Object.entries(this.sites));
    const after = sitesAfter(this.past, moved, before);
    this.past.push({ id: String(this.past.length), undoes: null, moved, sites: before });
    this.sites = { ...this.sites, ...Object.fromEntries(after) };
    return this;
  }

  undo(): this {
    const last = this.past.at(-1)!;
    this.past.push({ id: 'undo', undoes: last.id, moved: [], sites: new Map() });
    this.sites = { ...this.sites, ...Object.fromEntries(last.sites) };
    return this;
  }

  correct(id: string, ...sites: readonly string[]): this {
    this.sites = { ...this.sites, [id]: sites };
    return this;
  }

  get(): Sites {
    return this.sites;
  }
}

const start: Sites = { A: ['Liège'], B: ['Namur'] };

describe('where packages are done whose lines move', () => {
  it('is where the lines are done, and there no more once they have left', () => {
    const there = new Packages(start).move('a1', 'A', 'B');
    expect(there.get()).toEqual({ A: ['Liège'], B: ['Namur', 'Liège'] });
    expect(there.move('a1', 'B', 'A').get()).toEqual(start);
  });

  it('stays where another line has come along from there', () => {
    const two = new Packages(start).move('a1', 'A', 'B').move('a2', 'A', 'B').move('a1', 'B', 'A');
    expect(two.get()).toEqual({ A: ['Liège'], B: ['Namur', 'Liège'] });
    expect(two.move('a2', 'B', 'A').get()).toEqual(start);
  });

  it('goes along from one package to the next, and through none', () => {
    const on = new Packages({ ...start, C: ['Huy'] }).move('a1', 'A', 'B').move('a1', 'B', null);
    expect(on.get()).toEqual({ ...start, C: ['Huy'] });
    expect(on.move('a1', null, 'C').get()).toEqual({ ...start, C: ['Huy', 'Liège'] });
  });

  it('is that of its lines where a new package takes them', () => {
    const split = new Packages(start).move('a1', 'A', 'B').move('a1', 'B', 'new');
    expect(split.get()).toEqual({ ...start, new: ['Liège'] });
  });

  it('stays what a person says of it', () => {
    const said = new Packages(start).move('a1', 'A', 'B').correct('B', 'Huy');
    expect(said.move('a2', 'A', 'B').get()).toEqual({ A: ['Liège'], B: ['Huy', 'Liège'] });
    const moved = new Packages(start).move('a1', 'A', 'B').correct('B', 'Huy').move('a1', 'B', 'A');
    expect(moved.get()).toEqual({ A: ['Liège', 'Huy'], B: ['Huy'] });
  });

  it('is what it was once an act is taken back', () => {
    const back = new Packages(start).move('a1', 'A', 'B').undo();
    expect(back.get()).toEqual(start);
    expect(back.move('b1', 'B', 'A').move('b1', 'A', 'B').get()).toEqual(start);
  });
});
