// Keys of the catalogue that code puts together: `problem.${code}`. Every other key is written out where it is used.
export const FAMILIES = [
  ['problem.', 'one per code of a problem found in a document'],
  ['refusal.', 'one per code of a rule that refuses'],
  ['role.', 'one per role'],
  ['language.', 'one per language, each in its own words'],
  ['placeable.', 'yes, part, no, unknown'],
  ['criterion.', 'one per criterion of a match'],
  ['criterion.result.', 'pass, fail, unknown'],
  ['severity.', 'error, warning, info'],
  ['error.', 'title, what, saved and next of each error page'],
  ['page.', 'tones of a flash'],
  ['answer.kind.', 'full, part, team, no'],
  ['answer.reason.', 'one per reason not to answer yes'],
  ['figure.', 'name and definition of each figure'],
];
