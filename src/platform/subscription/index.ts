export * from './write-atom.js';
export * from './write-calendar.js';
