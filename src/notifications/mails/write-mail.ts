import { formatInstant, type MessageParams, type Messages } from '../../platform/i18n/index.js';
import type { Block, MailDocument } from '../../platform/mail/index.js';
import type { Template } from '../domain/index.js';
import { teamFacts } from './team.js';
import { linkPaths } from './links.js';
import type { MailContext, Say } from './mail-context.js';
import { offerBlocks, offerSubject, reminderBlocks } from './offer.js';

/** A mail in the words of its recipient's language, before it is laid out. */
export function writeMail(messages: Messages, context: MailContext): MailDocument {
  const say: Say = (key, params) => messages.text(context.language, key, params);
  const { template, facts } = context;
  const count = facts.packages.length;
  const words: MessageParams = {
    ...context.params,
    tender: facts.tender.title,
    contractor: facts.tender.contractor,
    count: isOffer(template) ? count : Number(context.params['count'] ?? 0),
    organisation: context.organisationName,
  };
  return {
    language: context.language,
    subject: isOffer(template) ? offerSubject(say, context) : say(`mail.${template}.subject`, words),
    preview: say(`mail.${template}.preview`, words),
    title: say(`mail.${template}.title`, words),
    greeting: say('mail.greeting', { name: context.recipientName }),
    blocks: blocksOf(say, context, words),
    footer: {
      why: say(`mail.${template}.why`, words),
      links: [
        { label: say('mail.wishes'), url: context.absolute(linkPaths.wishes()) },
        { label: say('mail.stop'), url: context.stopUrl },
      ],
      sender: say('mail.sender'),
    },
  };
}

function blocksOf(say: Say, context: MailContext, words: MessageParams): Block[] {
  if (context.template === 'offer-reminder') return reminderBlocks(say, context, words);
  return isOffer(context.template) ? offerBlocks(say, context, words) : shortBlocks(say, context, words);
}

function isOffer(template: Template): boolean {
  return template === 'tender-published' || template === 'match-new' || template === 'offer-reminder';
}

/** Mails that tell one thing and lead to one page. */
function shortBlocks(say: Say, context: MailContext, words: MessageParams): Block[] {
  const { template, facts, absolute, language } = context;
  const told: Block = { kind: 'paragraph', text: say(`mail.${template}.told`, words) };
  const board = absolute(linkPaths.board(facts.tender.id));
  switch (template) {
    case 'tender-withdrawn': {
      const reason = facts.tender.withdrawalReason;
      return reason
        ? [told, { kind: 'facts', items: [{ label: say('mail.fact.reason'), value: reason }] }]
        : [told];
    }
    case 'tender-extended':
      return [
        told,
        extensionFacts(say, context),
        oneButton(
          say('mail.tender-extended.lead'),
          say('mail.tender-extended.open'),
          absolute(linkPaths.opportunities()),
        ),
      ];
    case 'package-withdrawn':
      return [
        told,
        withdrawalFacts(say, context),
        oneButton(
          say('mail.package-withdrawn.lead'),
          say('mail.package-withdrawn.open'),
          absolute(linkPaths.opportunity(String(context.params['packageId']))),
        ),
      ];
    case 'tender-amended': {
      const until = String(context.params['reconfirmBy'] ?? '');
      const items = [
        { label: say('mail.fact.what'), value: String(context.params['package'] ?? '') },
        ...(until === ''
          ? []
          : [{ label: say('mail.fact.confirmBy'), value: formatInstant(language, new Date(until)) }]),
      ];
      const [only, ...others] = facts.packages.map((p) => p.id);
      const page = only && others.length === 0 ? linkPaths.opportunity(only) : linkPaths.opportunities();
      const button = oneButton(say('mail.amended.lead'), say('mail.amended.open'), absolute(page));
      return [told, { kind: 'facts', items }, button];
    }
    case 'tender-receipt': {
      const enterprises = { count: context.enterprisesTold };
      const key = context.enterprisesTold === 0 ? 'mail.receipt.nobody' : 'mail.receipt.enterprises';
      const until = facts.tender.deadline;
      return [
        told,
        { kind: 'paragraph', text: say(key, enterprises) },
        ...(until
          ? [
              {
                kind: 'paragraph' as const,
                text: say('mail.receipt.until', { deadline: formatInstant(language, until) }),
              },
            ]
          : []),
        oneButton(say('mail.receipt.lead'), say('mail.receipt.open'), board),
        {
          kind: 'buttons',
          lead: say('mail.receipt.help'),
          items: [{ label: say('mail.receipt.openHelp'), url: absolute(linkPaths.help()), isMain: false }],
        },
      ];
    }
    case 'answer-given':
      return [
        told,
        answerFacts(say, context),
        oneButton(say('mail.answer.lead'), say('mail.answer.open'), board),
      ];
    case 'question-asked': {
      const page = linkPaths.question(facts.tender.id, String(context.params['questionId']));
      return [
        told,
        questionFacts(say, context),
        oneButton(say('mail.question-asked.lead'), say('mail.question-asked.open'), absolute(page)),
      ];
    }
    case 'question-answered': {
      const [only] = facts.packages.map((p) => p.id);
      const page = only ? linkPaths.opportunity(only) : linkPaths.opportunities();
      return [
        told,
        questionFacts(say, context),
        oneButton(say('mail.question-answered.lead'), say('mail.question-answered.open'), absolute(page)),
      ];
    }
    case 'decision-retained':
    case 'decision-declined':
    case 'decision-awarded':
    case 'decision-confirmed':
    case 'decision-refused':
    case 'decision-lapsed':
      return [told, decisionFacts(say, context), decisionButton(say, context)];
    case 'team-invited':
    case 'team-changed':
    case 'team-complete':
    case 'team-decided':
    case 'team-called':
    case 'team-formed':
    case 'team-lead': {
      const page = template === 'team-complete' ? board : absolute(linkPaths.ofTeam(context.params));
      return [
        told,
        { kind: 'facts', items: teamFacts(say, context) },
        oneButton(say('mail.team.lead'), say(`mail.${template}.open`), page),
      ];
    }
    case 'performance-entered':
      return [
        told,
        performanceFacts(say, context),
        oneButton(
          say('mail.performance-entered.lead'),
          say('mail.performance-entered.open'),
          absolute(linkPaths.performance(String(context.params['entryId']))),
        ),
      ];
    case 'performance-confirmed':
    case 'performance-disputed':
      return [
        told,
        performanceFacts(say, context),
        oneButton(
          say('mail.performance.lead'),
          say('mail.performance.open'),
          absolute(linkPaths.obligation(String(context.params['obligationId']))),
        ),
      ];
    default: {
      const [packageId] = facts.packages.map((p) => p.id);
      const page = packageId ? linkPaths.opportunity(packageId) : linkPaths.opportunities();
      return [
        told,
        answerFacts(say, context),
        oneButton(say('mail.answer-receipt.lead'), say('mail.answer-receipt.open'), absolute(page)),
      ];
    }
  }
}

function answerFacts(say: Say, { params }: MailContext): Block {
  return {
    kind: 'facts',
    items: [
      { label: say('mail.fact.what'), value: String(params['package'] ?? '') },
      { label: say('mail.fact.answer'), value: say(`answer.kind.${params['kind'] ?? ''}`) },
    ],
  };
}

function decisionFacts(say: Say, { params, language }: MailContext): Block {
  const text = (name: string): string => String(params[name] ?? '');
  const reason = text('reason');
  const confirmBy = text('confirmBy');
  return {
    kind: 'facts',
    items: [
      { label: say('mail.fact.what'), value: text('package') },
      ...(reason === '' ? [] : [{ label: say('mail.fact.reason'), value: say(`decision.reason.${reason}`) }]),
      ...(confirmBy === ''
        ? []
        : [{ label: say('mail.fact.confirmBy'), value: formatInstant(language, new Date(confirmBy)) }]),
      ...(text('message') === '' ? [] : [{ label: say('mail.fact.message'), value: text('message') }]),
    ],
  };
}

function extensionFacts(say: Say, { params, language }: MailContext): Block {
  const instant = (name: string): string => formatInstant(language, new Date(String(params[name])));
  return {
    kind: 'facts',
    items: [
      { label: say('mail.fact.newDeadline'), value: instant('deadline') },
      { label: say('mail.fact.oldDeadline'), value: instant('before') },
      { label: say('mail.fact.reason'), value: String(params['reason'] ?? '') },
    ],
  };
}

function withdrawalFacts(say: Say, { params }: MailContext): Block {
  const message = String(params['message'] ?? '');
  return {
    kind: 'facts',
    items: [
      { label: say('mail.fact.what'), value: String(params['package'] ?? '') },
      { label: say('mail.fact.reason'), value: say(`withdrawal.reason.${params['reason'] ?? 'other'}`) },
      ...(message === '' ? [] : [{ label: say('mail.fact.message'), value: message }]),
    ],
  };
}

function decisionButton(say: Say, { template, facts, params, absolute }: MailContext): Block {
  const [packageId] = facts.packages.map((p) => p.id);
  const opportunity = packageId ? linkPaths.opportunity(packageId) : linkPaths.opportunities();
  const isWinnersWord =
    template === 'decision-confirmed' || template === 'decision-refused' || params['isContractor'] === 1;
  const page = isWinnersWord ? linkPaths.decision(facts.tender.id, String(params['answerId'])) : opportunity;
  return oneButton(say(`mail.${template}.lead`), say(`mail.${template}.open`), absolute(page));
}

/** What was asked, and what was said to it once it was. */
function questionFacts(say: Say, { params }: MailContext): Block {
  const reply = String(params['reply'] ?? '');
  return {
    kind: 'facts',
    items: [
      { label: say('mail.fact.what'), value: String(params['package'] ?? '') },
      { label: say('mail.fact.question'), value: String(params['question'] ?? '') },
      ...(reply === '' ? [] : [{ label: say('mail.fact.reply'), value: reply }]),
    ],
  };
}

function performanceFacts(say: Say, { params }: MailContext): Block {
  const reason = String(params['reason'] ?? '');
  return {
    kind: 'facts',
    items: [
      { label: say('mail.fact.what'), value: String(params['package'] ?? '') },
      ...(reason === '' ? [] : [{ label: say('mail.fact.reason'), value: reason }]),
    ],
  };
}

function oneButton(lead: string, label: string, url: string): Block {
  return { kind: 'buttons', lead, items: [{ label, url, isMain: true }] };
}
