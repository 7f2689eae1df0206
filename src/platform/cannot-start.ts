/** The service cannot start for a reason an operator can do something about; the message says what. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart';
}
