/** A mail to one person. It is the same bytes whenever it is composed: identity and date are those of its cause. */
export interface Mail {
  /** That of what asked for it: the row of the ledger. */
  readonly id: string;
  readonly organisationId: string;
  readonly requestId: string;
  /** `<local@domain>`, fixed for the life of the mail. */
  readonly messageId: string;
  readonly date: Date;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The stream it belongs to (RFC 2919), for the recipient's filters. */
  readonly listId: string;
  /** Where one click, without signing in, stops this stream (RFC 8058); null for what was asked for a moment ago. */
  readonly unsubscribeUrl: string | null;
}

/** A mail as it leaves. */
export interface ComposedMail {
  readonly envelope: { readonly from: string; readonly to: string };
  readonly headers: Readonly<Record<string, string>>;
  /** RFC 5322 text. */
  readonly source: string;
}
