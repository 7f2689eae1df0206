/**
 * Something a person asked for that the rules do not allow. `code` is stable: it is the key of the sentence
 * (`refusal.<code>`) and of the HTTP status in `platform/http/problems.ts`.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.name = 'Refusal';
  }
}
