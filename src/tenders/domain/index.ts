export * from './blank.js';
export * from './durations.js';
export * from './parsed-tender.js';
export * from './tender.js';
export * from './what-publishing-lacks.js';
