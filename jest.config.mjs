const shared = {
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/jest/one-realm.mjs',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  transform: {},
};

export default {
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      roots: ['<rootDir>/src', '<rootDir>/test/architecture', '<rootDir>/test/acceptance'],
      testRegex: '\\.spec\\.ts$',
    },
    {
      ...shared,
      displayName: 'database',
      roots: ['<rootDir>/test/integration', '<rootDir>/test/e2e'],
      testRegex: '\\.(int|e2e)\\.spec\\.ts$',
      globalSetup: '<rootDir>/test/global-setup.mjs',
      globalTeardown: '<rootDir>/test/global-teardown.mjs',
    },
  ],
};
