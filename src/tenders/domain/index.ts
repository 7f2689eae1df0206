export * from './blank.js';
export * from './durations.js';
export * from './labour-hours.js';
export * from './parsed-tender.js';
export * from './split-into-work-packages.js';
export * from './tender.js';
export * from './trade-group.js';
export * from './what-publishing-lacks.js';
