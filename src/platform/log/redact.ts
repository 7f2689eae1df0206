/** Hidden whatever the value: whoever logs an object may not know what is in it. */
const SECRET_KEY =
  /passw|secret|token|authori[sz]ation|cookie|csrf|session|api-?_?key|credential|smtp_?url|database_?url|query$|^parameters$|^body$/i;
const HIDDEN = '[redacted]';

/** In this order: an address with a password in it would otherwise be taken for an e-mail address. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(\w:\/\/)[^\s/@]+@/g, `$1${HIDDEN}@`],
  [/(?<=[\w/.\]-])\?[^\s"'<>]+/g, `?${HIDDEN}`],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  [/[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu, '[e-mail]'],
  [/\b\d{2}\.?\d{2}\.?\d{2}-\d{3}\.?\d{2}\b/g, '[national number]'],
  // Opaque tokens: capitals and digits in a long run, which UUIDs and digests of files are not.
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{32,}(?![\w-])/g, '[token]'],
];

function redactText(text: string): string {
  return PATTERNS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text);
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      redactText(key),
      SECRET_KEY.test(key) && inner !== null ? HIDDEN : redactValue(inner),
    ]),
  );
}

/**
 * A line of the log without what the log must not keep: e-mail addresses, tokens, passwords, query strings,
 * national numbers. Works on the whole line, so that no way of logging passes by.
 * @param line one JSON object
 */
export function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
  } catch {
    return `${JSON.stringify({ level: 50, msg: 'a line of the log could not be read and was dropped' })}\n`;
  }
}
