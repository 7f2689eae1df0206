import type { Language } from '../../kernel/index.js';
import type { Block, MailDocument } from './mail-document.js';

const WIDTH = 72;
const MARKS = { pass: '[x]', unknown: '[?]', fail: '[ ]' } as const;

/** French puts a space before a colon, one that never breaks. */
function colonOf(language: Language): string {
  return language === 'fr' ? '\u00a0:' : ':';
}

/** The same mail for those who read text: nothing of the HTML version is missing. */
export function layOutText(mail: MailDocument): string {
  const parts = [
    mail.title.toUpperCase(),
    wrap(mail.greeting),
    ...mail.blocks.map((part) => block(part, colonOf(mail.language))),
    '-- ',
    wrap(mail.footer.why),
    mail.footer.links.map(({ label, url }) => `${label}${colonOf(mail.language)}\n${url}`).join('\n\n'),
    wrap(mail.footer.sender),
  ];
  return `${parts.join('\n\n')}\n`;
}

function block(part: Block, colon: string): string {
  switch (part.kind) {
    case 'paragraph':
      return wrap(part.text);
    case 'heading':
      return `${'='.repeat(WIDTH)}\n${wrap(part.text)}`;
    case 'facts':
      return part.items.map(({ label, value }) => wrap(`${label}${colon} ${value}`, '  ')).join('\n');
    case 'checks':
      return [
        part.title,
        ...part.items.map(({ result, resultLabel, label, detail }) =>
          wrap(
            `${MARKS[result]} ${label}${detail ? `${colon} ${detail}` : ''} (${resultLabel.toLowerCase()})`,
            '    ',
          ),
        ),
      ].join('\n');
    case 'buttons':
      return [
        ...(part.lead === null ? [] : [wrap(part.lead)]),
        ...part.items.map(({ label, url }) => `* ${label}${colon}\n  ${url}`),
      ].join('\n');
  }
}

/** Lines of at most 72 characters, so that no mail program breaks them elsewhere. */
function wrap(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n]+/)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.join('\n');
}
