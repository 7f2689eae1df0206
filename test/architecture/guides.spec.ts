import { readFileSync } from 'node:fs';
import { POLICY } from '../../src/accounts/index.js';
import { LANGUAGES } from '../../src/kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../../src/platform/i18n/index.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { GUIDES, guideOf } from '../../src/web/shared/guides.js';
import { NO_PAGES, PAGES_OF_ROUTES } from '../browser/page-states.js';

/** Why a page for people who are signed in has no help of its own. */
const NEEDS_NONE = {
  question: 'it asks one thing, and says at the field what to enter',
  reading: 'it is read, and explains each thing where it stands',
} as const;

const WITHOUT_GUIDE: Readonly<Record<string, keyof typeof NEEDS_NONE>> = {
  'account/views/erasure.njk': 'question',
  'account/views/password-change.njk': 'question',
  'administrator/views/mail.njk': 'reading',
  'contractor/views/attempt.njk': 'question',
  'contractor/views/correction-bring.njk': 'question',
  'contractor/views/debt.njk': 'question',
  'contractor/views/entry-end.njk': 'question',
  'contractor/views/entry.njk': 'question',
  'contractor/views/extension.njk': 'question',
  'contractor/views/history.njk': 'reading',
  'contractor/views/mail-preview.njk': 'reading',
  'contractor/views/match.njk': 'reading',
  'contractor/views/package-withdrawal.njk': 'question',
  'contractor/views/reply.njk': 'question',
  'contractor/views/teach.njk': 'question',
  'contractor/views/why.njk': 'reading',
  'contractor/views/withdraw.njk': 'question',
  'enterprise/views/ask.njk': 'question',
  'enterprise/views/award.njk': 'question',
  'enterprise/views/performance.njk': 'question',
  'enterprise/views/profile-about.njk': 'question',
  'law/views/proposal.njk': 'reading',
  'law/views/rule.njk': 'reading',
  'working-group/views/governance.njk': 'reading',
};

/** Templates of the pages that nobody sees without signing in, from the policy of the router. */
const signedIn = Object.entries(POLICY).flatMap(([route, { allow }]) => {
  if (
    allow === 'anyone' ||
    !route.startsWith('GET ') ||
    / \/(api|assets|health)\//.test(route) ||
    NO_PAGES.includes(route)
  )
    return [];
  return [PAGES_OF_ROUTES[route]?.[0] ?? route];
});

describe('help on pages', () => {
  it('is on every page for people who are signed in, or there is a reason', () => {
    expect(signedIn.length).toBeGreaterThan(50);
    const unsaid = signedIn.filter((template) => !(template in GUIDES) && !(template in WITHOUT_GUIDE));
    expect(unsaid).toEqual([]);
    const both = Object.keys(WITHOUT_GUIDE).filter((template) => template in GUIDES);
    expect(both).toEqual([]);
  });

  it('is for no page that is not there', () => {
    const idle = [...Object.keys(GUIDES), ...Object.keys(WITHOUT_GUIDE)].filter(
      (template) => !signedIn.includes(template),
    );
    expect(idle).toEqual([]);
  });

  it('says in each language what the page is for, what to do next, and its words; and nothing that no page asks for', () => {
    const messages = Messages.load(MESSAGES_FOLDER);
    const asked = Object.keys(GUIDES).flatMap((template) => {
      const { key, words } = guideOf(template)!;
      return [
        `${key}.for`,
        `${key}.next`,
        ...words.flatMap((word) => [`word.${word}`, `word.${word}.means`]),
      ];
    });
    const frame = ['guide.summary', 'guide.next', 'guide.words'];
    for (const language of LANGUAGES) {
      const said = [...messages.entries(language).keys()].filter((key) => /^(guide|word)\./.test(key));
      expect(said.toSorted()).toEqual([...new Set([...asked, ...frame])].toSorted());
    }
  });

  it('explains words of the glossary', () => {
    const glossary = readFileSync(fromRoot('docs', 'glossary.md'), 'utf8');
    const known = new Set([...glossary.matchAll(/^\| ([a-z][a-z ]+?) +\|/gm)].map(([, word]) => word));
    const inGlossary: Readonly<Record<string, string>> = {
      package: 'work package',
      clause: 'social clause',
      legalBasis: 'legal basis',
      nearMiss: 'near miss',
      ledger: 'ledger entry',
    };
    const words = new Set(Object.values(GUIDES).flat());
    expect([...words].filter((word) => !known.has(inGlossary[word] ?? word))).toEqual([]);
  });
});
