import type { Language } from '../../../kernel/index.js';
import { criterionInWords, type Criterion } from '../../../matching/domain/index.js';
import type { Messages } from '../../../platform/i18n/index.js';
import type { CriterionShape } from './shapes.dto.js';

/** One criterion with its evidence as a sentence. */
export function criterionShape(messages: Messages, language: Language, criterion: Criterion): CriterionShape {
  const { key, result, required, actual, changeableBy, evidence, warning } = criterionInWords(
    criterion,
    (word, params) => messages.text(language, word, params),
  );
  return { key, result, required, actual, evidence, changeableBy, warning };
}
