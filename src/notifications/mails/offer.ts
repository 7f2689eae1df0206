import { dayInBrussels, daysBetween, type Language } from '../../kernel/index.js';
import { formatDay, formatInstant, formatNumber, type MessageParams } from '../../platform/i18n/index.js';
import type { Block, Check } from '../../platform/mail/index.js';
import { criterionInWords, type Criterion } from '../../matching/domain/index.js';
import type { OfferFacts, PackageFacts, TenderFacts } from '../mail-facts.query.js';
import { tradeLabel } from '../trade-labels.js';
import { linkPaths } from './links.js';
import type { MailContext, Say } from './mail-context.js';

const DAY = /\b\d{4}-\d{2}-\d{2}\b/g;
const LONGEST_TRADE = 60;
const MOST_CHECKS = 6;
/** What speaks most for or against comes first. */
const ORDER: readonly string[] = [
  'trade',
  'zone',
  'capacity',
  'dates',
  'approval',
  'legal',
  'kind',
  'credentials',
  'mode',
  'contact',
];
const ANSWERS = ['full', 'part', 'team', 'no'] as const;

/** Trade, place and the day to answer by: what decides whether a mail is opened. */
export function offerSubject(say: Say, { template, facts, language }: MailContext): string {
  const [first] = facts.packages;
  const params = {
    count: facts.packages.length,
    trade: first ? tradeInWords(first, language) : facts.tender.title,
    place: placeInWords(say, facts.tender),
  };
  const { deadline } = facts.tender;
  if (template === 'offer-reminder')
    return say('mail.offer-reminder.subject', {
      ...params,
      deadline: deadline ? formatInstant(language, deadline) : '',
    });
  if (!deadline) return say('mail.offer.subjectOpen', params);
  return say('mail.offer.subject', { ...params, deadline: formatInstant(language, deadline) });
}

/** Each package with its five facts, why the enterprise is concerned, and the four answers. */
export function offerBlocks(say: Say, context: MailContext, words: MessageParams): Block[] {
  const { facts } = context;
  return [
    ...(context.template === 'match-new' ? [whyNow(say, context)] : []),
    { kind: 'paragraph', text: say('mail.offer.told', words) },
    ...facts.packages.flatMap((work) => packageBlocks(say, context, { tender: facts.tender, work })),
  ];
}

/** News that comes after the others heard: what changed, and how long there is left. */
function whyNow(say: Say, { params, facts, now }: MailContext): Block {
  const { deadline } = facts.tender;
  const count = deadline && daysBetween(dayInBrussels(now), dayInBrussels(deadline));
  const closes =
    count === 0 ? say('mail.match-new.closesToday') : say('mail.match-new.closes', { count: count ?? 0 });
  return {
    kind: 'paragraph',
    text: `${say(`mail.match-new.because.${params['cause'] ?? 'package'}`)}${deadline ? ` ${closes}` : ''}`,
  };
}

/** A package by itself: its facts, why it fits, and the four answers. @param among said in short, where others stand beside it */
export function packageBlocks(
  say: Say,
  context: Pick<MailContext, 'language' | 'absolute'>,
  { tender, work }: OfferFacts,
  among: 'alone' | 'several' = 'alone',
): Block[] {
  const criteria = work.criteria ?? [];
  return [
    { kind: 'heading', text: work.title },
    { kind: 'facts', items: fiveFacts(say, context.language, tender, work) },
    {
      kind: 'checks',
      title: say('mail.offer.why'),
      items:
        among === 'alone'
          ? checks(say, context.language, criteria)
          : inShort(say, context.language, criteria),
    },
    { kind: 'paragraph', text: clauseInWords(say, context.language, tender) },
    answerButtons(say, context, work.id, among),
  ];
}

/** What somebody is reminded of: it knows the package, and reads what it is, where and until when. */
export function reminderBlocks(say: Say, context: MailContext, words: MessageParams): Block[] {
  const { facts, language } = context;
  return [
    { kind: 'paragraph', text: say('mail.offer-reminder.told', words) },
    ...facts.packages.flatMap((work): Block[] => [
      { kind: 'heading', text: work.title },
      { kind: 'facts', items: fiveFacts(say, language, facts.tender, work) },
      answerButtons(say, context, work.id),
    ]),
  ];
}

function answerButtons(
  say: Say,
  { absolute }: Pick<MailContext, 'absolute'>,
  packageId: string,
  among: 'alone' | 'several' = 'alone',
): Block {
  return {
    kind: 'buttons',
    lead: say(among === 'alone' ? 'mail.offer.answer' : 'mail.offer.answerShort'),
    items: ANSWERS.map((kind) => ({
      label: say(`mail.answerButton.${kind}`),
      url: absolute(linkPaths.answer(packageId, kind)),
      isMain: kind === 'full',
    })),
  };
}

function fiveFacts(
  say: Say,
  language: Language,
  tender: TenderFacts,
  work: PackageFacts,
): { label: string; value: string }[] {
  return [
    { label: say('mail.fact.who'), value: tender.contractor },
    { label: say('mail.fact.what'), value: tradeInWords(work, language) },
    { label: say('mail.fact.where'), value: placeInWords(say, tender) },
    { label: say('mail.fact.howMuch'), value: hoursInWords(say, language, work) },
    { label: say('mail.fact.when'), value: datesInWords(say, language, tender, work) },
  ];
}

function tradeInWords({ trades, title }: PackageFacts, language: Language): string {
  const label = trades[0] === undefined ? null : tradeLabel(trades[0], language);
  const words = label !== null && label.length <= LONGEST_TRADE ? label : title;
  return words.length <= LONGEST_TRADE ? words : `${words.slice(0, LONGEST_TRADE - 1).trimEnd()}…`;
}

function placeInWords(say: Say, { municipality, postalCode }: TenderFacts): string {
  return municipality ?? postalCode ?? say('mail.place.unknown');
}

function hoursInWords(say: Say, language: Language, { hoursMin, hoursMax }: PackageFacts): string {
  if (hoursMin === null || hoursMax === null) return say('mail.hours.unknown');
  const [min, max] = [formatNumber(language, hoursMin, 0), formatNumber(language, hoursMax, 0)];
  return min === max ? say('mail.hours.one', { hours: min }) : say('mail.hours.range', { min, max });
}

function datesInWords(say: Say, language: Language, tender: TenderFacts, work: PackageFacts): string {
  const parts: string[] = [];
  if (tender.deadline)
    parts.push(say('mail.dates.answer', { deadline: formatInstant(language, tender.deadline) }));
  if (work.startsOn) parts.push(say('mail.dates.start', { day: formatDay(language, work.startsOn) }));
  return parts.length > 0 ? parts.join(' ') : say('mail.dates.unknown');
}

/** Criteria that are not in the list come last. */
function placeOf({ key }: Criterion): number {
  const place = ORDER.indexOf(key);
  return place === -1 ? ORDER.length : place;
}

/** What an enterprise must pass is said even when the list is long. */
function checks(say: Say, language: Language, criteria: readonly Criterion[]): Check[] {
  const sorted = criteria.toSorted((a, b) => placeOf(a) - placeOf(b));
  const shown = sorted.filter((criterion, at) => at < MOST_CHECKS || criterion.result !== 'pass');
  return shown.map((criterion) => ({
    result: criterion.result,
    resultLabel: say(`criterion.result.${criterion.result}`),
    label: say(`criterion.${criterion.key}`),
    detail: detailInWords(say, criterion, language),
  }));
}

/** Among several offers, what fits is one line; what does not, or is to be checked, is said as ever. */
function inShort(say: Say, language: Language, criteria: readonly Criterion[]): Check[] {
  const all = checks(say, language, criteria);
  const fits = all.filter(({ result }) => result === 'pass');
  const [first] = fits;
  const labels = fits.map(({ label }) => label);
  return [
    ...(first ? [{ ...first, label: labels.join(' · '), detail: null }] : []),
    ...all.filter(({ result }) => result !== 'pass'),
  ];
}

/** The trade by its name; every other criterion by its reason, with its days as people say them. */
function detailInWords(say: Say, criterion: Criterion, language: Language): string {
  const [code] = criterion.key === 'trade' ? (/\b\d{8}\b/.exec(criterion.actual) ?? []) : [];
  const trade = code === undefined ? null : tradeLabel(code, language);
  const { evidence } = criterionInWords(criterion, say);
  return trade ?? evidence.replaceAll(DAY, (day) => formatDay(language, day));
}

/** The label that the law allows for this clause, with the citation where a law is applied. */
function clauseInWords(say: Say, language: Language, { clause }: TenderFacts): string {
  if (clause === null) return say('mail.basis.none');
  const label = say(clause.labelKey, { mainContract: clause.mainContract ?? '' });
  const citation = clause.citation?.[language === 'nl' ? 'nl' : 'fr'];
  return citation === undefined ? `${label}.` : `${label} (${citation}).`;
}
