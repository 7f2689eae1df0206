export * from './clause-progress.js';
export * from './uptake.js';
