export * from './answer.js';
export * from './check-answer.js';
export * from './coverage.js';
export * from './draft.js';
export * from './question.js';
export * from './decision.js';
export * from './team.js';
