import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createOrganisation, createPerson, hashPassword } from '../../src/accounts/index.js';
import type { Language, Role } from '../../src/kernel/index.js';
import { OffersService } from '../../src/matching/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { startBrowser, visitor, type Visit } from './browser.js';

const PASSWORD = 'trois péniches sur la Meuse';

/** A person of the story, who signs in as people do. */
export interface Character {
  readonly email: string;
  readonly role: Role;
  readonly organisationId: string;
}

/** The whole service on a database of its own, and a real browser. */
export interface Stage {
  readonly service: TestApp;
  readonly browser: Browser;
  cast(role: Role, organisation: string, language?: Language): Promise<Character>;
  /** Registers what an enterprise can do, so that it is found. */
  canDo(character: Character, trades: readonly string[]): Promise<void>;
  /** A window in which nobody is signed in yet. */
  open(visit?: Visit): Promise<{ window: BrowserContext; tab: Page }>;
  /** Fills the sign-in form of the page that is open. */
  signIn(tab: Page, character: Character): Promise<void>;
  stop(): Promise<void>;
}

export async function raiseCurtain(): Promise<Stage> {
  const service = await startTestApp();
  const browser = await startBrowser();
  const now = service.clock.now();
  return {
    service,
    browser,
    async cast(role, organisation, language = 'fr') {
      const email = `${role}-${Math.random().toString(36).slice(2)}@example.org`;
      const passwordHash = await hashPassword(PASSWORD);
      const organisationId = await service.database.transaction(SYSTEM, async (tx) => {
        const id = await createOrganisation(tx, { role, name: organisation, language }, now);
        await createPerson(
          tx,
          { organisationId: id, email, name: 'Nadia Lambert', language, passwordHash },
          now,
        );
        return id;
      });
      return { email, role, organisationId };
    },
    async canDo({ organisationId }, trades) {
      await service.database.transaction(SYSTEM, async (tx) => {
        const { id: _, ...profile } = anEnterprise({ activities: [anActivity({ trades: [...trades] })] });
        const registry = service.app.get(RegistryService);
        const id = await registry.register(tx, SYSTEM, profile, { organisationId });
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      });
    },
    async open(visit = {}) {
      const window = await visitor(browser, visit);
      return { window, tab: await window.newPage() };
    },
    async signIn(tab, { email }) {
      await tab.fill('#email', email);
      await tab.fill('#password', PASSWORD);
      await tab.locator('main button[type=submit]').click();
    },
    async stop() {
      await browser.close();
      await service.stop();
    },
  };
}
