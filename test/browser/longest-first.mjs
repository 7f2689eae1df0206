// On a fresh clone jest takes the longest file for the longest suite. Here the shortest file looks at every page: begun last,
// it would keep one processor waiting for five minutes.
const LONGEST = ['pages.spec.ts', 'killed.spec.ts', 'main-job.spec.ts', 'words.spec.ts'];

const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((name) => path.endsWith(`/${name}`));
  return place === -1 ? LONGEST.length : place;
};

export default class LongestFirst {
  sort(tests) {
    return tests.toSorted((a, b) => placeOf(a) - placeOf(b));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
