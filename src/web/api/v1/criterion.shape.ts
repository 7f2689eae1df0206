import type { Language } from '../../../kernel/index.js';
import {
  changeInWords,
  criterionInWords,
  type Criterion,
  type SmallestChange,
} from '../../../matching/domain/index.js';
import type { Messages } from '../../../platform/i18n/index.js';
import type { ChangeShape, CriterionShape } from './shapes.dto.js';

/** One criterion with its evidence as a sentence. */
export function criterionShape(messages: Messages, language: Language, criterion: Criterion): CriterionShape {
  const { key, result, required, actual, changeableBy, evidence, warning } = criterionInWords(
    criterion,
    (word, params) => messages.text(language, word, params),
  );
  return { key, result, required, actual, evidence, changeableBy, warning };
}

/** What would make a near miss a match, as sentences. */
export function changeShape(messages: Messages, language: Language, change: SmallestChange): ChangeShape {
  const { and, ...first } = changeInWords(change, (word, params) => messages.text(language, word, params));
  return {
    steps: (and ? [first, and] : [first]).map(({ code, sentence, changeableBy }) => ({
      code,
      sentence,
      changeableBy,
    })),
  };
}
