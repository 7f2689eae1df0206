// Workers killed with SIGKILL against a real database and real sinks: minutes, not seconds, hence a run of its own.
import main from './jest.config.mjs';

const database = main.projects.find((project) => project.displayName === 'database');

export default {
  // More than cores: workers mostly wait for others to die, and for their leases to end.
  maxWorkers: 3,
  // Jest, which knows the small spec of old, takes all for small and runs them one by one; with any limit it does not.
  workerIdleMemoryLimit: '4GB',
  testTimeout: 30_000,
  projects: [
    { ...database, displayName: 'kill', roots: ['<rootDir>/test/kill'], testRegex: '\\.kill\\.spec\\.ts$' },
  ],
};
