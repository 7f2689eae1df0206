export { copied } from './copy.js';
export * from './database.js';
export * from './migrations.js';
export * from './recorded.js';
