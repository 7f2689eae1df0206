import { dayInBrussels, type Day } from '../kernel/index.js';

/** The only source of time. Tests stand still or travel by binding another one. */
export abstract class Clock {
  abstract now(): Date;

  /** Today in Brussels, where the legal days of this service are counted. */
  today(): Day {
    return dayInBrussels(this.now());
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
