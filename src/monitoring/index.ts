export * from './domain/index.js';
export { keepStages, markAll, markKindChanged } from './kept-stages.repository.js';
export { MonitoringModule } from './monitoring.module.js';
export { beingCounted } from './staged.query.js';
export { losses, lostPackages } from './losses.query.js';
export { uptake, uptakeBy, uptakePackages, type UptakePackage } from './uptake.query.js';
export { winners } from './winners.query.js';
