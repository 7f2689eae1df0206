export * from './check-enterprise.js';
export * from './enterprise.js';
export * from './geography.js';
export * from './resolve-place.js';
export * from './sites.js';
