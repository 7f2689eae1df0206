export * from './answer.js';
export * from './check-answer.js';
