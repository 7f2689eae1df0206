import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '../../kernel/index.js';

/** All a page about an error may say. Sentences are already in the visitor's language. */
export interface ErrorPage {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly language: Language;
  readonly path: string;
  readonly fields: readonly { readonly pointer: string; readonly message: string }[];
}

type Renderer = (page: ErrorPage, request: FastifyRequest) => string;

/** Turns an error into a page. The pages of the product put in theirs; this one stands alone meanwhile. */
@Injectable()
export class ErrorPages {
  private renderer: Renderer = plainErrorPage;

  renderWith(renderer: Renderer): void {
    this.renderer = renderer;
  }

  /** A page about an error must open even when its layout cannot. */
  render(page: ErrorPage, request: FastifyRequest): string {
    try {
      return this.renderer(page, request);
    } catch {
      return plainErrorPage(page);
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

export function plainErrorPage(page: ErrorPage): string {
  const fields = page.fields.map((field) => `<li>${escapeHtml(field.message)}</li>`).join('');
  return [
    `<!doctype html><html lang="${page.language}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeHtml(page.title)} - Maillon</title></head><body><main>`,
    `<h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.detail)}</p>`,
    fields === '' ? '' : `<ul>${fields}</ul>`,
    `<p><a href="/">Maillon</a></p><p>${escapeHtml(page.requestId)}</p></main></body></html>`,
  ].join('');
}
