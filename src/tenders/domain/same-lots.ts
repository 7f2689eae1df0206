/** What a lot is called. */
export interface LotName {
  readonly lotRef: string;
  readonly lotTitle: string | null;
}

/** Which lots of a corrected document are which of the tender, by what they are called there. */
export interface SameLots {
  /** By the lot of the document: the lot that it is. */
  readonly same: ReadonlyMap<string, string>;
  /** Lots of the tender and of the document that are no other's, beside those that have most of their lines now, or had them. */
  readonly joined: readonly { readonly before: string; readonly after: string }[];
}

const OTHER_SIGNS = /[^ -~]/;

interface LineInLot extends LotName {
  readonly label: string;
  readonly unit: string | null;
}

interface Content {
  readonly ref: string;
  readonly title: string;
  /** How often a line says the same work. */
  readonly works: ReadonlyMap<string, number>;
  readonly size: number;
}

interface Match {
  readonly before: Content;
  readonly after: Content;
  readonly shared: number;
}

/**
 * What a text says, however it is typed: in capitals, without accents, with other quotes, dashes and distances. Of tens
 * of thousands of lines: what needs no change is not written anew.
 */
export function plain(text: string | null): string {
  const typed = text ?? '';
  const ascii = OTHER_SIGNS.test(typed)
    ? typed
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .replace(/[‘’‛´]/g, "'")
        .replace(/[“”„«»]/g, '"')
        .replace(/[‐-―−]/g, '-')
    : typed;
  return ascii
    .toLowerCase()
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/**
 * Lots are known again by their title and their lines before their number: whoever inserts a lot renumbers those
 * behind it. The only lot of one document is the only lot of the other, whatever it is called.
 */
export function sameLots(standing: readonly LineInLot[], corrected: readonly LineInLot[]): SameLots {
  const [only, others] = [refsOf(standing), refsOf(corrected)];
  if (only.length === 1 && others.length === 1)
    return { same: new Map([[others[0]!, only[0]!]]), joined: [] };
  const [before, after] = [contentsOf(standing), contentsOf(corrected)];
  const same = new Map<Content, Content>();
  const byRef = new Map(before.map((lot) => [lot.ref, lot]));
  for (const lot of after) {
    const unmoved = byRef.get(lot.ref);
    if (unmoved?.title === lot.title && isAlike(matchOf(unmoved, lot))) same.set(lot, unmoved);
  }
  const open = (): { before: Content[]; after: Content[] } => {
    const again = new Set(same.values());
    return { before: before.filter((lot) => !again.has(lot)), after: after.filter((lot) => !same.has(lot)) };
  };
  const found = new Set(same.values());
  const left = open();
  const alike = left.after.flatMap((lot) => left.before.map((was) => matchOf(was, lot)).filter(isAlike));
  for (const { before: was, after: lot } of alike.toSorted(surestFirst)) {
    if (same.has(lot) || found.has(was)) continue;
    same.set(lot, was);
    found.add(was);
  }
  const renamed = open();
  for (const lot of renamed.after) {
    const called = renamed.before.find(({ ref }) => ref === lot.ref);
    if (called) same.set(lot, called);
  }
  return {
    same: new Map([...same].map(([lot, was]) => [lot.ref, was.ref])),
    joined: joinedLots(open(), before, after, same),
  };
}

function refsOf(lines: readonly LotName[]): readonly string[] {
  return [...new Set(lines.map(({ lotRef }) => lotRef))];
}

function contentsOf(lines: readonly LineInLot[]): Content[] {
  return [...Map.groupBy(lines, ({ lotRef }) => lotRef)].map(([ref, own]) => {
    const works = new Map<string, number>();
    for (const { label, unit } of own) {
      const work = `${plain(label)}\u0000${plain(unit)}`;
      works.set(work, (works.get(work) ?? 0) + 1);
    }
    return { ref, title: plain(own[0]?.lotTitle ?? null), works, size: own.length };
  });
}

function matchOf(before: Content, after: Content): Match {
  const [few, many] = before.works.size < after.works.size ? [before, after] : [after, before];
  let shared = 0;
  for (const [work, count] of few.works) shared += Math.min(count, many.works.get(work) ?? 0);
  return { before, after, shared };
}

function isAlike({ before, after, shared }: Match): boolean {
  return shared * 2 >= Math.min(before.size, after.size);
}

function surestFirst(a: Match, b: Match): number {
  return (
    Number(isTitled(b)) - Number(isTitled(a)) ||
    Number(b.before.ref === b.after.ref) - Number(a.before.ref === a.after.ref) ||
    b.shared - a.shared
  );
}

function isTitled({ before, after }: Match): boolean {
  return before.title !== '' && before.title === after.title;
}

/** Lots that were put together, and those that one was divided into. */
function joinedLots(
  open: { readonly before: readonly Content[]; readonly after: readonly Content[] },
  before: readonly Content[],
  after: readonly Content[],
  same: ReadonlyMap<Content, Content>,
): SameLots['joined'] {
  const sameAs = new Map([...same].map(([lot, was]) => [was, lot]));
  const news = after.map((lot) => without(lot, same.get(lot)));
  const olds = before.map((lot) => without(lot, sameAs.get(lot)));
  const most = (matches: readonly Match[], size: number): { before: string; after: string }[] => {
    const [best] = matches.toSorted((a, b) => b.shared - a.shared);
    return best && best.shared * 2 >= size ? [{ before: best.before.ref, after: best.after.ref }] : [];
  };
  return [
    ...open.before.flatMap((was) =>
      most(
        news.map((lot) => matchOf(was, lot)),
        was.size,
      ),
    ),
    ...open.after.flatMap((lot) =>
      most(
        olds.map((was) => matchOf(was, lot)),
        lot.size,
      ),
    ),
  ];
}

/** What a lot holds that the other does not. */
function without(lot: Content, other: Content | undefined): Content {
  if (!other) return lot;
  const works = new Map<string, number>();
  for (const [work, count] of lot.works) {
    const more = count - (other.works.get(work) ?? 0);
    if (more > 0) works.set(work, more);
  }
  return { ...lot, works };
}
