import type { Language } from '../../kernel/index.js';
import { askInWords, type ClauseAnswer } from '../../legal-basis/index.js';
import type { Messages } from '../../platform/i18n/index.js';
import type { Tender } from '../../tenders/index.js';

/** What was decided on a tender, as far as the law goes. */
type Decided = Pick<Tender, 'clause' | 'buyer'>;

/** What the law said when it was asked, in the words of one language; null while the buyer is not known. */
export function clauseInWords(tender: Decided, messages: Messages, language: Language): ClauseAnswer | null {
  if (!tender.clause) return null;
  const answer = tender.clause.answer as unknown as ClauseAnswer;
  const mainContract = String(tender.buyer?.facts['mainContract'] ?? '');
  return {
    ...answer,
    options: answer.options.map((option) => ({
      ...option,
      label: messages.text(language, option.labelKey, { mainContract }),
    })),
    askPerson: answer.asks.map((ask) =>
      askInWords(ask, (key, params) => messages.text(language, key, params)),
    ),
  };
}

/** The words of the chosen clause; null when none is chosen. */
export function chosenClause(tender: Decided, messages: Messages, language: Language): string | null {
  const { instrument, basis } = tender.clause ?? {};
  const options = clauseInWords(tender, messages, language)?.options ?? [];
  return options.find((option) => option.instrument === instrument && option.basis === basis)?.label ?? null;
}
