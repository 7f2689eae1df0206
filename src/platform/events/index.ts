export * from './emit.js';
