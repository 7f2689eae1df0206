import type { OpenedTender } from '../audience.repository.js';

const EXTENSIONS = ['lots', 'location'].map(
  (name) =>
    `https://raw.githubusercontent.com/open-contracting-extensions/ocds_${name}_extension/v1.1.5/extension.json`,
);

const PAGES =
  'https://raw.githubusercontent.com/open-contracting-extensions/ocds_pagination_extension/master/extension.json';

/** Where a package of releases comes from. */
interface OcdsOrigin {
  /** Address of the package itself. */
  readonly uri: string;
  /** Address of the service that publishes it. */
  readonly publisher: string;
  /** Address of what follows; null at the end. */
  readonly next: string | null;
  readonly now: Date;
}

/**
 * Tenders as releases, each a process of its own. Prefixes of `ocid` that are registered belong to publishers; ours
 * names the service instead, so that nobody's is taken.
 * @source Open Contracting Data Standard 1.1, release package; extensions `lots`, `location` and, where more follows, `pagination`
 */
export function writeOcds(
  tenders: readonly OpenedTender[],
  { uri, publisher, next, now }: OcdsOrigin,
): string {
  return JSON.stringify({
    uri,
    version: '1.1',
    extensions: next === null ? EXTENSIONS : [...EXTENSIONS, PAGES],
    publishedDate: now.toISOString(),
    publisher: { name: 'Maillon', uri: publisher },
    releases: tenders.map((tender) => releaseOf(tender, now)),
    ...(next === null ? {} : { links: { next } }),
  });
}

function releaseOf(tender: OpenedTender, now: Date): object {
  const { id, contractorId, contractor, publishedAt, deadline, municipality, postalCode } = tender;
  const place = { ...stated('locality', municipality), ...stated('postalCode', postalCode) };
  const addresses = Object.keys(place).length === 0 ? {} : { deliveryAddresses: [place] };
  return {
    ocid: `maillon-${id}`,
    id: `${id}-${tender.version}`,
    date: publishedAt.toISOString(),
    tag: [tender.isWithdrawn ? 'tenderCancellation' : 'tender'],
    initiationType: 'tender',
    ...stated('language', tender.language),
    parties: [{ id: contractorId, name: contractor, roles: ['buyer', 'procuringEntity'] }],
    buyer: { id: contractorId, name: contractor },
    tender: {
      id,
      title: tender.title,
      ...stated('description', tender.description),
      status: tender.isWithdrawn ? 'withdrawn' : deadline > now ? 'active' : 'complete',
      procuringEntity: { id: contractorId, name: contractor },
      datePublished: publishedAt.toISOString(),
      tenderPeriod: { startDate: publishedAt.toISOString(), endDate: deadline.toISOString() },
      lots: tender.packages.map(({ id: lot, title, startsOn, endsOn }) => ({
        id: lot,
        title,
        ...(startsOn === null && endsOn === null
          ? {}
          : {
              contractPeriod: {
                ...stated('startDate', midnight(startsOn)),
                ...stated('endDate', midnight(endsOn)),
              },
            }),
      })),
      items: tender.packages.map(({ id: lot, title, trades: [first, ...others] }) => ({
        id: lot,
        description: title,
        relatedLot: lot,
        ...(first === undefined ? {} : { classification: cpv(first) }),
        ...(others.length === 0 ? {} : { additionalClassifications: others.map(cpv) }),
        ...addresses,
      })),
    },
  };
}

/** Nothing where nothing is known: the standard wants no empty values. */
function stated(name: string, value: string | null): Readonly<Record<string, string>> {
  return value === null ? {} : { [name]: value };
}

/** The standard knows moments only; of a day no other is meant than its beginning. */
function midnight(day: string | null): string | null {
  return day === null ? null : `${day}T00:00:00Z`;
}

function cpv(id: string): object {
  return { scheme: 'CPV', id };
}
