import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from './browser.js';

/** A Chromium with a profile on the disk, that can be killed like by a power cut, and started again. */
export class MortalBrowser {
  private readonly profile = mkdtempSync(join(tmpdir(), 'maillon-profile-'));
  private process: ChildProcess | null = null;
  private browser: Browser | null = null;

  /** @returns its only window */
  async start(): Promise<Page> {
    const port = join(this.profile, 'DevToolsActivePort');
    rmSync(port, { force: true });
    this.process = spawn(
      chromiumPath(),
      [
        `--user-data-dir=${this.profile}`,
        '--headless=new',
        '--no-sandbox',
        '--no-first-run',
        '--remote-debugging-port=0',
        '--lang=fr-BE',
        'about:blank',
      ],
      { stdio: 'ignore', detached: true },
    );
    const number = (): string => (existsSync(port) ? readFileSync(port, 'utf8').split('\n')[0]! : '');
    while (number() === '') await pause(50);
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${number()}`);
    const [window] = this.browser.contexts();
    return window!.pages()[0] ?? window!.newPage();
  }

  /** Nothing of it gets to say goodbye. */
  async kill(): Promise<void> {
    const dead = once(this.process!, 'exit');
    process.kill(-this.process!.pid!, 'SIGKILL');
    await dead;
    await this.browser!.close().catch(() => undefined);
  }

  async bury(): Promise<void> {
    await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
