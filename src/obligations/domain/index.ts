export * from './attempts.js';
export * from './balance.js';
export * from './check-debt.js';
export * from './check-entry.js';
export * from './confirmation.js';
export * from './debt-under-law.js';
export * from './obligation.js';
