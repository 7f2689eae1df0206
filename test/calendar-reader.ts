/** One date of a calendar, as a program of somebody else reads it. */
export interface DateRead {
  /** Property by name, parameters apart, texts unescaped. */
  readonly [name: string]: { readonly value: string; readonly params: Readonly<Record<string, string>> };
}

const NAME = /^[A-Za-z0-9-]+$/;

/**
 * Reads a calendar by the grammar of RFC 5545 and nothing else: lines of 75 octets at most that end in CR LF, unfolded as
 * octets, properties with parameters, components that begin and end in pairs.
 * @throws Error for what the grammar does not allow
 */
export function readCalendar(file: Buffer): {
  readonly events: readonly DateRead[];
  readonly alarms: number;
} {
  const lines = file.toString('latin1').split('\r\n');
  if (lines.pop() !== '') throw new Error('the last line does not end');
  for (const line of lines) {
    if (line.length > 75) throw new Error(`a line of ${line.length} octets`);
    if (/(?!\t)[^ -~\x80-\xff]/.test(line)) throw new Error(`a control sign in ${JSON.stringify(line)}`);
  }
  const unfolded = lines
    .join('\r\n')
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n');
  const open: string[] = [];
  const events: Record<string, DateRead[string]>[] = [];
  let alarms = 0;
  for (const octets of unfolded) {
    const line = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(octets, 'latin1'));
    const colon = line.indexOf(':');
    const [name = '', ...given] = line.slice(0, colon).split(';');
    const raw = line.slice(colon + 1);
    if (colon < 0 || !NAME.test(name)) throw new Error(`no property: ${line}`);
    if (name === 'BEGIN') {
      open.push(raw);
      if (raw === 'VEVENT') events.push({});
      if (raw === 'VALARM') alarms += 1;
      continue;
    }
    if (name === 'END') {
      if (open.pop() !== raw) throw new Error(`${raw} ends and did not begin`);
      continue;
    }
    if (open.at(-1) !== 'VEVENT') continue;
    const params = Object.fromEntries(given.map((param) => param.split('=') as [string, string]));
    if (events.at(-1)![name]) throw new Error(`${name} twice`);
    events.at(-1)![name] = { value: ['SUMMARY', 'DESCRIPTION'].includes(name) ? textOf(raw) : raw, params };
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} do not end`);
  return { events, alarms };
}

/** @source RFC 5545, 3.3.11 */
function textOf(raw: string): string {
  let text = '';
  for (let at = 0; at < raw.length; at += 1) {
    const sign = raw[at]!;
    if (sign === ';' || sign === ',') throw new Error(`${sign} is not escaped in ${raw}`);
    if (sign !== '\\') {
      text += sign;
      continue;
    }
    at += 1;
    const escaped = raw[at];
    if (escaped === undefined || !'\\;,nN'.includes(escaped)) throw new Error(`\\${escaped} in ${raw}`);
    text += escaped === 'n' || escaped === 'N' ? '\n' : escaped;
  }
  return text;
}
