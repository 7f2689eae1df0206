export { dictionaryRows, type Cell, type Column, type DictionaryWords, type Table } from './table.js';
export { writeCsv } from './write-csv.js';
export { writeXlsx, type Sheet } from './write-xlsx.js';
