export * from './domain/index.js';
export { uptake, type UptakeRow } from './uptake.query.js';
