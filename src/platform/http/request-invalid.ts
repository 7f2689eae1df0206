import { Refusal } from '../../kernel/index.js';

/** One wrong entry. `pointer` is the JSON pointer of the field; `code` a message key with its `params`. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The request was read and some of its fields are wrong: all of them are named. */
export class RequestInvalid extends Refusal {
  constructor(readonly errors: readonly FieldError[]) {
    super('request-invalid');
  }
}
