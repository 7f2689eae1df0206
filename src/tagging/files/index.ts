// The door for who tags without the service: no server and no database is loaded through it.
export { loadTagModel } from './load-model.js';
