export * from './uptake.js';
