import { isIPv6 } from 'node:net';

const HEXTETS = 8;
/** Whoever has one IPv6 address has 2^64 of them: providers give away no less. @source RFC 6177 */
const NETWORK_HEXTETS = 4;
/** Before an IPv4 address that is written as one of IPv6. @source RFC 4291, 2.5.5.2 */
const MAPPED = '0:0:0:0:0:ffff';

/** Where a request comes from, as it is counted: nobody has more room by changing the address within their own network. */
export function networkOf(address: string): string {
  const [plain] = address.split('%');
  if (!isIPv6(plain!)) return address;
  // An address has many spellings; the one of URLs has neither leading zeros nor dots.
  const [before, after] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const [head, tail] = [before, after].map((part) => (part ? part.split(':') : []));
  const zeros = Array<string>(HEXTETS - head!.length - tail!.length).fill('0');
  const all = [...head!, ...zeros, ...tail!];
  if (all.slice(0, 6).join(':') !== MAPPED) return all.slice(0, NETWORK_HEXTETS).join(':');
  return all
    .slice(6)
    .flatMap((hextet) => [parseInt(hextet, 16) >> 8, parseInt(hextet, 16) & 0xff])
    .join('.');
}
