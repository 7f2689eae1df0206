import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import nunjucks from 'nunjucks';
import { addDays, LANGUAGES, type Language } from '../../../kernel/index.js';
import * as formats from '../../../platform/i18n/index.js';
import type { MessageParams, Messages } from '../../../platform/i18n/index.js';
import { fromRoot } from '../../../platform/project-root.js';
import { adminPaths } from '../../administrator/paths.js';
import { contractorPaths } from '../../contractor/paths.js';
import { enterprisePaths } from '../../enterprise/paths.js';
import { workingGroupPaths } from '../../working-group/paths.js';
import { guideOf } from '../guides.js';
import { shownSites, type Names } from '../names.js';
import { paths } from '../paths.js';
import { Assets } from './assets.js';
import { markEvidence } from './evidence.js';
import { languageLink } from './language-link.js';
import { navigationFor } from './navigation.js';
import type { PageContext } from './page-context.js';

const PATHS = {
  shared: paths,
  contractor: contractorPaths,
  enterprise: enterprisePaths,
  workingGroup: workingGroupPaths,
  admin: adminPaths,
};

const govuk = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'));

/** Turns a view model into a page: one layout, one set of pieces, the words from the catalogue. */
export class Renderer {
  private readonly environment: nunjucks.Environment;

  constructor(
    private readonly messages: Messages,
    private readonly assets: Assets,
    private readonly names: Names,
  ) {
    const folders = [fromRoot('src', 'web', 'shared', 'views'), fromRoot('src', 'web'), join(govuk, 'dist')];
    this.environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
      autoescape: true,
      trimBlocks: true,
      lstripBlocks: true,
    });
    this.environment.addGlobal('asset', (name: string) => this.assets.url(name));
    this.environment.addGlobal('paths', PATHS);
    this.environment.addGlobal('markEvidence', markEvidence);
    this.environment.addGlobal('languages', LANGUAGES);
  }

  /**
   * @param template below `src/web`, or a shared view: `contractor/views/tenders.njk`, `error.njk`
   * @param model what the page shows, shaped by its `*.page.ts`
   */
  page(template: string, model: object, context: PageContext): string {
    const page = this.environment.render(template, {
      ...model,
      ...this.words(context.language),
      ...frameOf(context),
      guide: context.viewer && guideOf(template),
    });
    return formats.withoutDirectionMarks(page);
  }

  private words(language: Language): Record<string, unknown> {
    return {
      t: (key: string, params?: MessageParams) => this.messages.text(language, key, params),
      knows: (key: string) => this.messages.has(key),
      nameOfLanguage: (other: Language) => this.messages.text(other, `language.${other}`),
      number: (value: number | string, digits?: number) => formats.formatNumber(language, value, digits),
      money: (value: { amount: string; currency: string }) => formats.formatMoney(language, value),
      share: (value: number) => formats.formatShare(language, value),
      day: (value: string) => formats.formatDay(language, value),
      monthNames: (months: readonly number[]) =>
        months.map((month) => formats.monthName(language, month)).join(', '),
      languageName: (code: string) => formats.languageName(language, code),
      shortDay: (value: string) => formats.formatShortDay(language, value),
      trade: (code: string) => this.names.trade(language, code),
      siteNames: (sites: readonly string[]) =>
        shownSites(sites)
          .map((site) => this.names.site(language, site))
          .join(', '),
      placeNames: (sites: readonly string[]) =>
        sites.map((site) => this.names.site(language, site)).join(', '),
      groupNames: (groups: readonly string[]) =>
        (groups.length > 0 ? groups : ['ANY'])
          .map((group) => this.messages.text(language, `clauses.group.${group}`))
          .join(', '),
      instrumentNames: (instruments: readonly string[]) =>
        instruments.map((one) => this.messages.text(language, `law.instrument.${one}`)).join(', '),
      dayBefore: (value: string) => addDays(value, -1),
      kindName: (code: string) => this.names.kind(language, code),
      modeNames: (modes: readonly string[]) =>
        modes.map((mode) => this.messages.text(language, `mode.${mode}`)).join(', '),
      instant: (value: Date) => formats.formatInstant(language, value),
    };
  }
}

function frameOf(context: PageContext): Record<string, unknown> {
  const problems = new Map(context.problems.map((problem) => [problem.field, problem]));
  return {
    context,
    language: context.language,
    viewer: context.viewer,
    problems: context.problems,
    problemOf: (field: string) => problems.get(field),
    entry: (field: string, stored?: unknown) => context.entries?.[field] ?? stored,
    inLanguage: (other: Language) => languageLink(context.path, other),
    navigation: navigationFor(context.viewer, context.path),
  };
}
