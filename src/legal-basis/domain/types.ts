export * from './answers.js';
export * from './facts.js';
export * from './rules.js';
