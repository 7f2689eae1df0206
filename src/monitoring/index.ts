export * from './domain/index.js';
export { losses, lostPackages } from './losses.query.js';
export { uptake, uptakePackages, type UptakePackage, type UptakePeriod } from './uptake.query.js';
