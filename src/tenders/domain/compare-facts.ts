import type { ParsedTender } from './parsed-tender.js';

/** Something that a corrected document says of the whole, or of a lot, in another way than the one before. */
export interface FactDifference {
  readonly fact: 'title' | 'deadline' | 'place' | 'value' | 'lot';
  /** Of which lot the title is another one; null for what is said of the whole. */
  readonly lot: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a document says of the whole and of its lots. */
export interface WholeSaid {
  readonly tender: ParsedTender['tender'];
  readonly lots: readonly Pick<ParsedTender['lots'][number], 'ref' | 'title'>[];
}

/** Compares what two documents say apart from their lines. Lots are those of the same number. */
export function compareFacts(before: WholeSaid, after: ParsedTender): readonly FactDifference[] {
  const [was, is] = [factsOf(before), factsOf(after)];
  const whole = (['title', 'deadline', 'place', 'value'] as const).map((fact) => ({
    fact,
    lot: null,
    before: was[fact],
    after: is[fact],
  }));
  const lots = after.lots.flatMap(({ ref, title, declared }) => {
    const same = before.lots.find((lot) => lot.ref === ref);
    return same && declared ? [{ fact: 'lot' as const, lot: ref, before: same.title, after: title }] : [];
  });
  return [...whole, ...lots].filter((one) => one.before !== one.after);
}

function factsOf({
  tender,
}: Pick<WholeSaid, 'tender'>): Record<'title' | 'deadline' | 'place' | 'value', string | null> {
  const places = tender.places.map(({ postalCode, municipality, locality, nuts }) =>
    [
      postalCode,
      municipality,
      locality === municipality ? null : locality,
      municipality === null ? nuts : null,
    ]
      .filter(Boolean)
      .join(' '),
  );
  return {
    title: tender.title,
    deadline: tender.deadline,
    place: places.length === 0 ? null : places.join(', '),
    value: tender.value?.amount ?? null,
  };
}
