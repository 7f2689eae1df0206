import type { FastifyRequest } from 'fastify';
import { isLanguage, LANGUAGES, type Language } from '../../kernel/index.js';

export const LANGUAGE_COOKIE = 'maillon-language';

/** The best of our four for an `Accept-Language` header, French when it names none of them. */
export function languageFromHeader(header: string | undefined): Language {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, order) => {
      const [range = '', ...params] = part.trim().toLowerCase().split(';');
      const weight = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find((q) => q !== undefined);
      return { language: range.split('-')[0], weight: Number(weight ?? 1), order };
    })
    .filter(({ language, weight }) => isLanguage(language) && weight > 0)
    .sort((a, b) => b.weight - a.weight || a.order - b.order);
  return (wanted[0]?.language as Language | undefined) ?? LANGUAGES[0];
}

/**
 * What the link asks for (`?lang=nl`), else what the visitor chose before, else their own language, else what the
 * browser asks for.
 */
export function languageOf(request: FastifyRequest, own: Language | null = null): Language {
  const asked = (request.query as { lang?: unknown } | null)?.lang;
  if (isLanguage(asked)) return asked;
  const chosen = request.cookies?.[LANGUAGE_COOKIE];
  if (isLanguage(chosen)) return chosen;
  return own ?? languageFromHeader(request.headers['accept-language']);
}
