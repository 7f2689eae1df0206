import type { Language } from '../../kernel/index.js';

/** What a mail says, before it is laid out. All texts are plain: the layout escapes them. */
export interface MailDocument {
  readonly language: Language;
  readonly subject: string;
  /** The line that mail programs show beside the subject. */
  readonly preview: string;
  readonly title: string;
  readonly greeting: string;
  readonly blocks: readonly Block[];
  readonly footer: {
    /** Why this person receives this mail. */
    readonly why: string;
    readonly links: readonly Link[];
    readonly sender: string;
  };
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'facts'; readonly items: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'checks'; readonly title: string; readonly items: readonly Check[] }
  /** `lead` is null where the heading above says it all. */
  | { readonly kind: 'buttons'; readonly lead: string | null; readonly items: readonly Button[] };

/** A criterion and how it came out, in words as well as by its mark. */
export interface Check {
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly resultLabel: string;
  readonly label: string;
  readonly detail: string | null;
}

export interface Button extends Link {
  /** The first thing one would want to do. */
  readonly isMain: boolean;
}
