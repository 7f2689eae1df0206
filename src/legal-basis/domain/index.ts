export * from './build-rules.js';
export * from './check-rules.js';
export * from './clause-options.js';
export * from './in-force.js';
export * from './types.js';
