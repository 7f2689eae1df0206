import type { Language } from '../../kernel/index.js';
import { formatInstant, type Messages } from '../../platform/i18n/index.js';
import type { Block, MailDocument } from '../../platform/mail/index.js';
import type { BoardNews } from '../board-news.query.js';
import { linkPaths } from './links.js';
import type { Say } from './mail-context.js';

/** So many tenders are told in full, and so many of their packages by name. */
const MOST_TENDERS = 10;
const MOST_TITLES = 5;

export interface BoardDigestContext {
  readonly language: Language;
  readonly recipientName: string;
  readonly organisationName: string;
  readonly news: readonly BoardNews[];
  readonly stopUrl: string;
  readonly absolute: (path: string) => string;
}

/** What came to a contractor since the mail before, and what waits for it, tender by tender. */
export function writeBoardDigest(messages: Messages, context: BoardDigestContext): MailDocument {
  const { language, news, organisationName: organisation } = context;
  const say: Say = (key, params) => messages.text(language, key, params);
  const more = news.length - MOST_TENDERS;
  const summary = inShort(say, {
    answers: sum(news.map(({ interested, declined }) => interested + declined)),
    questions: sum(news.map(({ questions }) => questions)),
    atRisk: sum(news.map(({ atRisk }) => atRisk.length)),
  });
  return {
    language,
    subject: say('mail.board-digest.subject', { summary }),
    preview: news.map(({ title }) => title).join(' · '),
    title: say('mail.board-digest.title'),
    greeting: say('mail.greeting', { name: context.recipientName }),
    blocks: [
      { kind: 'paragraph', text: say('mail.board-digest.told') },
      ...news.slice(0, MOST_TENDERS).flatMap((one) => tenderBlocks(say, context, one)),
      ...(more > 0
        ? [{ kind: 'paragraph' as const, text: say('mail.board-digest.more', { count: more }) }]
        : []),
    ],
    footer: {
      why: say('mail.board-digest.why', { organisation }),
      links: [
        { label: say('mail.wishes'), url: context.absolute(linkPaths.wishes()) },
        { label: say('mail.stop'), url: context.stopUrl },
      ],
      sender: say('mail.sender'),
    },
  };
}

function tenderBlocks(
  say: Say,
  { language, absolute }: Pick<BoardDigestContext, 'language' | 'absolute'>,
  { tenderId, title, deadline, interested, declined, questions, atRisk }: BoardNews,
): Block[] {
  const answers = [
    ...(interested > 0 ? [say('mail.board-digest.interested', { count: interested })] : []),
    ...(declined > 0 ? [say('mail.board-digest.declined', { count: declined })] : []),
  ].join(', ');
  const fact = (key: string, value: string) => (value === '' ? [] : [{ label: say(key), value }]);
  return [
    { kind: 'heading', text: title },
    {
      kind: 'facts',
      items: [
        ...fact('mail.fact.newAnswers', answers),
        ...fact(
          'mail.fact.openQuestions',
          questions > 0 ? say('mail.board-digest.questions', { count: questions }) : '',
        ),
        ...fact('mail.fact.atRisk', named(say, atRisk)),
        ...fact('mail.fact.deadline', deadline ? formatInstant(language, deadline) : ''),
      ],
    },
    {
      kind: 'buttons',
      lead: null,
      items: [{ label: say('mail.receipt.open'), url: absolute(linkPaths.board(tenderId)), isMain: true }],
    },
  ];
}

function named(say: Say, titles: readonly string[]): string {
  const more = titles.length - MOST_TITLES;
  const shown = titles.slice(0, MOST_TITLES).join(', ');
  return more > 0 ? say('mail.board-digest.andMore', { titles: shown, count: more }) : shown;
}

/** `3 answers, 1 open question`: what there is of it. */
function inShort(say: Say, counts: Readonly<Record<'answers' | 'questions' | 'atRisk', number>>): string {
  return (['answers', 'questions', 'atRisk'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => say(`mail.board-digest.short.${what}`, { count: counts[what] }))
    .join(', ');
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
