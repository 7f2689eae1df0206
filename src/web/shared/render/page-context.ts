import type { Language, Role } from '../../../kernel/index.js';
import type { MessageParams } from '../../../platform/i18n/index.js';

/** The person a page is shown to. */
export interface Viewer {
  /** Of the person. */
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly role: Role;
}

/** What is wrong with one answer of a form, said at the field and in the summary on top. */
export interface FieldProblem {
  /** Name of the field; also the id of its input, so that the summary can lead there. */
  readonly field: string;
  /** Key of the sentence. */
  readonly key: string;
  readonly params?: MessageParams;
}

/** Said once, on the page after an action. */
export interface Flash {
  readonly tone: 'success' | 'notice';
  readonly key: string;
  readonly params?: MessageParams;
}

/** All a page knows of the request it answers. */
export interface PageContext {
  readonly language: Language;
  readonly viewer: Viewer | null;
  /** Null for a page without a session; forms then carry no token. */
  readonly formToken: string | null;
  /** Hidden number of the forms of this page: sent twice, a form has one effect. */
  readonly onceToken?: string;
  /** As requested, with its query: the language switch and the navigation keep the place. */
  readonly path: string;
  readonly requestId: string;
  readonly flash: Flash | null;
  readonly problems: readonly FieldProblem[];
  /** What the person had entered, by field, when the form comes back with problems. */
  readonly entries?: Readonly<Record<string, unknown>>;
}

/** A visitor's context, to be completed. */
export function visitorContext(language: Language, path: string, requestId: string): PageContext {
  return { language, viewer: null, formToken: null, path, requestId, flash: null, problems: [] };
}
