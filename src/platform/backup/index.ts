export type { Sums, TableSum } from './backup-format.js';
export { restoreBackup, type Restored } from './restore-backup.js';
export { writeBackup } from './write-backup.js';
