/**
 * A path of this service, or `/`: where to go next is told by a link, and a link may come from anywhere.
 * `//other.example`, `/\other.example` and control characters are all refused.
 */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 2000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted))
    return '/';
  if (wanted.includes('\\')) return '/';
  const base = 'http://here.invalid';
  const url = new URL(wanted, base);
  // Dots may fold away and leave two slashes in front: `/.//other.example`.
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}
