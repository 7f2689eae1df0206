import { ValidateBy } from 'class-validator';
import { isDay } from '../../../kernel/index.js';

/** A day that the calendar has, `YYYY-MM-DD`. */
export function IsDay(): PropertyDecorator {
  return ValidateBy({ name: 'isDay', validator: { validate: isDay } });
}
