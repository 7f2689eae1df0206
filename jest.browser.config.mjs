// The suite that opens real pages in a real Chromium; apart from `npm test`, which needs no browser.
import config from './jest.config.mjs';

const { displayName: _, ...database } = config.projects.find((project) => project.displayName === 'database');

export default {
  ...database,
  roots: ['<rootDir>/test/browser'],
  testRegex: '\\.spec\\.ts$',
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/browser/longest-first.mjs',
  testTimeout: 120_000,
};
