export * from './breakdown.js';
export * from './clause-progress.js';
export * from './evidence-mix.js';
export * from './headlines.js';
export * from './losses.js';
export * from './uptake.js';
export * from './small-cells.js';
export * from './territory.js';
