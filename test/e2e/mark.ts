/** Stands in everything that is somebody's: a page that shows it to others leaks. */
export const MARK = 'Zyqxvor';
