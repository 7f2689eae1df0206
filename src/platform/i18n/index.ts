export * from './direction-marks.js';
export * from './formats.js';
export * from './messages.js';
