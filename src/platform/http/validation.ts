import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { RequestInvalid, type FieldError } from './request-invalid.js';

const OPTIONS: ValidatorOptions = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
/** What a decorator was told as its `message`, when that is one of our keys and not the library's English. */
const KEY = /^[a-z][a-zA-Z0-9]*([.-][a-zA-Z0-9]+)+$/;

function escaped(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** Flattens what class-validator found. The first failing rule of a field speaks for it. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escaped(error.property)}`;
    const [rule, message] = Object.entries(error.constraints ?? {})[0] ?? [];
    const own =
      rule === undefined ? [] : [{ pointer, code: codeOf(rule, message), params: paramsOf(error, rule) }];
    return [...own, ...fieldErrors(error.children ?? [], pointer)];
  });
}

function codeOf(rule: string, message: string | undefined): string {
  return message !== undefined && KEY.test(message) ? message : `http.field.${rule}`;
}

function paramsOf(error: ValidationError, rule: string): Record<string, string | number> {
  const context = error.contexts?.[rule] as Record<string, string | number> | undefined;
  return { ...context };
}

/** Global pipe: unknown fields are refused, known ones converted, and every wrong one is named by its path. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    ...OPTIONS,
    transform: true,
    exceptionFactory: (errors: ValidationError[]) => new RequestInvalid(fieldErrors(errors)),
  });
}

/**
 * Reads a form on a page, which shows the errors beside the entries instead of refusing.
 * @returns the entries as the request class, and what is wrong with them (empty when nothing is)
 */
export function readForm<Form extends object>(
  form: new () => Form,
  body: unknown,
): { readonly entries: Form; readonly errors: readonly FieldError[] } {
  const entries = plainToInstance(form, typeof body === 'object' && body !== null ? body : {});
  return { entries, errors: fieldErrors(validateSync(entries, OPTIONS)) };
}
