// The door for who needs the law without the service: no server and no database is loaded through it.
export { rulesFromFiles } from '../rule-files.js';
