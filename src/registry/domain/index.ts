export * from './check-enterprise.js';
export * from './enterprise.js';
export { isInEurope } from './europe.js';
export * from './field-reader.js';
export * from './geography.js';
export * from './home.js';
export * from './merge-approvals.js';
export * from './resolve-place.js';
export * from './sites.js';
