export * from './formats.js';
export * from './messages.js';
