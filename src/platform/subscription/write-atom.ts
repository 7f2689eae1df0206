import { printable } from './printable.js';

/** Something that a feed tells of. */
export interface FeedEntry {
  /** The same for the same thing, wherever the service moves; see {@link tagUri}. */
  readonly id: string;
  readonly title: string;
  readonly updatedAt: Date;
  readonly href: string;
  readonly text: string;
}

export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  /** Where the feed itself is; null for an address that is a secret. */
  readonly selfHref: string | null;
  /** The page that shows the same. */
  readonly pageHref: string;
  /** Of a feed without entries. */
  readonly begunAt: Date;
  readonly entries: readonly FeedEntry[];
}

/** The year in which these names began to be given: with the domain, it keeps others from giving the same. */
const NAMED_SINCE = '2026';

/** A name that no address is hidden in. @param publicUrl of the service @source RFC 4151 */
export function tagUri(publicUrl: string, name: string): string {
  return `tag:${new URL(publicUrl).hostname},${NAMED_SINCE}:${name}`;
}

/** The same feed gives the same bytes: nothing in it tells when it was written. @source RFC 4287 */
export function writeAtom(feed: Feed): string {
  const { id, title, language, selfHref, pageHref, begunAt, entries } = feed;
  const updatedAt = entries.reduce(
    (last, entry) => (entry.updatedAt > last ? entry.updatedAt : last),
    begunAt,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(language)}">
<id>${escaped(id)}</id>
<title>${escaped(title)}</title>
<updated>${updatedAt.toISOString()}</updated>
<author><name>Maillon</name></author>
${selfHref === null ? '' : `<link rel="self" type="application/atom+xml" href="${escaped(selfHref)}"/>\n`}<link rel="alternate" type="text/html" href="${escaped(pageHref)}"/>
${entries.map(written).join('')}</feed>
`;
}

function written({ id, title, updatedAt, href, text }: FeedEntry): string {
  return `<entry>
<id>${escaped(id)}</id>
<title>${escaped(title)}</title>
<updated>${updatedAt.toISOString()}</updated>
<link rel="alternate" type="text/html" href="${escaped(href)}"/>
<content>${escaped(text)}</content>
</entry>
`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return printable(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
}
