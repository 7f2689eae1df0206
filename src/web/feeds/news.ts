import type { BoardEntry, Opportunity } from '../../answers/index.js';
import type { Language } from '../../kernel/index.js';
import { formatDay, formatInstant, type MessageParams } from '../../platform/i18n/index.js';
import { tagUri, type FeedEntry } from '../../platform/subscription/index.js';
import { contractorPaths } from '../contractor/paths.js';
import { enterprisePaths } from '../enterprise/paths.js';

type Say = (key: string, params?: MessageParams) => string;

type Offer = Pick<
  Opportunity,
  'packageId' | 'title' | 'tenderTitle' | 'contractor' | 'municipality' | 'deadline' | 'startsOn'
> & { readonly changedAt: Date };

/** Works that an enterprise may take on, as its list of them says it. @param publicUrl of the service */
export function offerShown(offer: Offer, language: Language, publicUrl: string, say: Say): FeedEntry {
  const {
    packageId,
    title,
    tenderTitle: tender,
    contractor,
    municipality,
    deadline,
    startsOn,
    changedAt,
  } = offer;
  const lines = [
    say('feeds.offer.of', { tender, contractor }),
    ...(municipality === null ? [] : [say('feeds.offer.where', { municipality })]),
    ...(deadline === null ? [] : [say('feeds.offer.until', { deadline: formatInstant(language, deadline) })]),
    ...(startsOn === null ? [] : [say('feeds.offer.from', { day: formatDay(language, startsOn) })]),
  ];
  return {
    id: tagUri(publicUrl, `opportunity/${packageId}`),
    title,
    updatedAt: changedAt,
    href: `${publicUrl}${enterprisePaths.opportunity(packageId)}`,
    text: lines.join('\n'),
  };
}

/** What came to the board of a contractor. @param publicUrl of the service */
export function boardEntryShown(entry: BoardEntry, publicUrl: string, say: Say): FeedEntry {
  const { id, kind, tenderId, tender, title, enterprise, text, at } = entry;
  const isQuestion = kind === null;
  return {
    id: tagUri(publicUrl, `${isQuestion ? 'question' : 'answer'}/${id}`),
    title: say(isQuestion ? 'feeds.board.question' : 'feeds.board.answer', { enterprise, title }),
    updatedAt: at,
    href: `${publicUrl}${
      isQuestion
        ? contractorPaths.question(tenderId, id)
        : kind === 'no'
          ? contractorPaths.board(tenderId)
          : contractorPaths.decision(tenderId, id)
    }`,
    text: `${tender}\n${isQuestion ? text : say(`answer.kind.${kind}`)}`,
  };
}
