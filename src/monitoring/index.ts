export * from './domain/index.js';
export { uptake, uptakePackages, type UptakePackage, type UptakePeriod } from './uptake.query.js';
