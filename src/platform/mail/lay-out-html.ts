import type { Block, Button, Check, Link, MailDocument } from './mail-document.js';

const INK = '#17212b';
const QUIET = '#4a5763';
const BRAND = '#0d4f5a';
const LINE = '#d3dbde';
const GROUND = '#f2f5f5';
const FONT = `'Public Sans','Segoe UI','Helvetica Neue',Arial,sans-serif`;
const MARKS = { pass: '✓', unknown: '?', fail: '✗' } as const;
const MARK_COLOURS = { pass: '#1a6b3c', unknown: '#7a4d00', fail: '#b3261e' } as const;

/** Colours of a dark screen; mail programs that know no media query keep the inline ones. */
const STYLE = `
  a { color: #0b5a73; }
  @media (prefers-color-scheme: dark) {
    body, .ground { background: #10181d !important; }
    .sheet { background: #1a252c !important; border-color: #35454e !important; }
    .ink { color: #eef3f4 !important; } .quiet { color: #b6c3c9 !important; }
    .line { border-color: #35454e !important; }
    .brand, .plain, a { color: #8fd3df !important; } .plain { border-color: #8fd3df !important; background: transparent !important; }
    .main { background: #8fd3df !important; color: #10181d !important; border-color: #8fd3df !important; }
    .pass { color: #7fd6a1 !important; } .unknown { color: #ffcf70 !important; } .fail { color: #ffb4ab !important; }
  }
  @media (max-width: 480px) { .sheet { padding: 20px 18px !important; } .button { display: block !important; margin-right: 0 !important; text-align: center; } }`;

/** A mail as HTML: no table, no image, no script, nothing loaded from elsewhere; readable without its styles. */
export function layOutHtml(mail: MailDocument): string {
  return `<!doctype html>
<html lang="${mail.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(mail.subject)}</title>
<style>${STYLE}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:${GROUND};font-family:${FONT};font-size:16px;line-height:1.5;">
<div style="display:none;max-height:0;overflow:hidden;">${escape(mail.preview)}</div>
<div class="ground" style="background:${GROUND};padding:24px 12px;">
<div class="sheet" role="article" aria-label="${escape(mail.subject)}" style="max-width:600px;margin:0 auto;background:#ffffff;border:1px solid ${LINE};border-top:4px solid ${BRAND};padding:28px 32px;">
<p class="brand" style="margin:0 0 20px;font-weight:600;color:${BRAND};">Maillon</p>
<h1 class="ink" style="margin:0 0 16px;font-size:24px;line-height:1.25;font-weight:600;color:${INK};">${escape(mail.title)}</h1>
<p class="ink" style="margin:0 0 16px;color:${INK};">${escape(mail.greeting)}</p>
${mail.blocks.map(block).join('\n')}
</div>
<div style="max-width:600px;margin:0 auto;padding:16px 8px;font-size:14px;">
<p class="quiet" style="margin:0 0 8px;color:${QUIET};">${escape(mail.footer.why)}</p>
<p style="margin:0 0 8px;">${mail.footer.links.map(link).join(' &nbsp;·&nbsp; ')}</p>
<p class="quiet" style="margin:0;color:${QUIET};">${escape(mail.footer.sender)}</p>
</div>
</div>
</body>
</html>
`;
}

function block(part: Block): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p class="ink" style="margin:0 0 16px;color:${INK};">${escape(part.text)}</p>`;
    case 'heading':
      return `<h2 class="ink line" style="margin:24px 0 12px;padding-top:20px;border-top:1px solid ${LINE};font-size:19px;line-height:1.3;font-weight:600;color:${INK};">${escape(part.text)}</h2>`;
    case 'facts':
      return `<dl style="margin:0 0 16px;">
${part.items
  .map(
    ({ label, value }) =>
      `<dt class="quiet" style="margin:0;font-size:14px;color:${QUIET};">${escape(label)}</dt><dd class="ink" style="margin:0 0 8px;white-space:pre-line;color:${INK};">${escape(value)}</dd>`,
  )
  .join('\n')}
</dl>`;
    case 'checks':
      return `<h3 class="ink" style="margin:16px 0 8px;font-size:16px;font-weight:600;color:${INK};">${escape(part.title)}</h3>
<ul style="margin:0 0 16px;padding:0;list-style:none;">
${part.items.map(check).join('\n')}
</ul>`;
    case 'buttons':
      return `${leadOf(part.lead)}<p style="margin:0 0 8px;">${part.items.map(button).join('\n')}</p>`;
  }
}

function leadOf(lead: string | null): string {
  return lead === null ? '' : `<p class="ink" style="margin:16px 0 8px;color:${INK};">${escape(lead)}</p>\n`;
}

function check({ result, resultLabel, label, detail }: Check): string {
  const words = `<strong style="font-weight:600;">${escape(label)}</strong>${detail ? ` – ${escape(detail)}` : ''}`;
  return `<li class="ink" style="margin:0 0 4px;padding-left:24px;text-indent:-24px;color:${INK};"><span class="${result}" role="img" aria-label="${escape(resultLabel)}" style="display:inline-block;width:24px;text-indent:0;font-weight:600;color:${MARK_COLOURS[result]};">${MARKS[result]}</span>${words}</li>`;
}

function button({ label, url, isMain }: Button): string {
  const look = isMain ? `background:${BRAND};color:#ffffff;` : `background:#ffffff;color:${BRAND};`;
  return `<a class="button ${isMain ? 'main' : 'plain'}" href="${escape(url)}" style="display:inline-block;margin:0 8px 8px 0;padding:10px 14px;border:2px solid ${BRAND};${look}font-weight:600;text-decoration:none;">${escape(label)}</a>`;
}

function link({ label, url }: Link): string {
  return `<a href="${escape(url)}" style="white-space:nowrap;">${escape(label)}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
}
