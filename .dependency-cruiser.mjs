// Who may import what. A module is entered by its doors (index.ts, domain/index.ts for what is
// pure, files/index.ts for what is read from files, without a server), along the arrows listed here.
const doors = {
  accounts: [],
  'legal-basis': [],
  registry: ['legal-basis'],
  tenders: ['legal-basis'],
  tagging: ['tenders'],
  matching: ['legal-basis', 'registry', 'tagging', 'tenders'],
  answers: ['matching', 'registry', 'tenders'],
  notifications: ['accounts', 'answers', 'matching', 'registry', 'tenders'],
  obligations: ['answers', 'legal-basis', 'tenders'],
  monitoring: ['answers', 'legal-basis', 'matching', 'notifications', 'obligations', 'registry', 'tenders'],
  pipeline: [
    'accounts',
    'answers',
    'legal-basis',
    'matching',
    'monitoring',
    'notifications',
    'obligations',
    'registry',
    'tagging',
    'tenders',
  ],
  // Answers, without a server, what the service would answer; the three ways in are the only ones to enter it.
  commands: [
    'accounts',
    'answers',
    'legal-basis',
    'matching',
    'monitoring',
    'notifications',
    'pipeline',
    'registry',
    'tagging',
    'tenders',
  ],
};
const modules = [...Object.keys(doors), 'web'];
doors.web = modules.filter((m) => m !== 'web' && m !== 'commands');
const rooms = `^src/(${modules.join('|')})/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    ...modules.map((m) =>
      rule(
        `doors-of-${m}`,
        `${m} enters another room only by a door, along the arrows of the map`,
        { path: `^src/${m}/` },
        {
          path: rooms,
          pathNot: [`^src/${m}/`, ...doors[m].map((d) => `^src/${d}/((domain|files)/)?index\\.ts$`)],
        },
      ),
    ),
    rule(
      'domain-is-pure',
      'a domain imports its own files, other domains by their door, and the kernel',
      {
        path: '^src/([^/]+)/domain/',
        pathNot: '\\.spec\\.ts$',
      },
      { pathNot: ['^src/$1/domain/', '^src/[^/]+/domain/index\\.ts$', '^src/kernel/'] },
    ),
    rule(
      'files-without-a-server',
      'what is read from files is had without server and database: the command line starts in a third of a second',
      { path: '^src/[^/]+/files/index\\.ts$' },
      { path: 'node_modules/(@nestjs|typeorm|pg|fastify)/', reachable: true },
    ),
    rule(
      'kernel-stands-alone',
      'the words everybody shares depend on nothing',
      {
        path: '^src/kernel/',
        pathNot: '\\.spec\\.ts$',
      },
      { pathNot: '^src/kernel/' },
    ),
    rule(
      'platform-knows-no-business',
      'technology does not know what it is used for',
      { path: '^src/platform/' },
      { path: rooms },
    ),
    rule(
      'sql-has-a-room',
      'SQL lives in .entity, .repository and .query files',
      {
        path: '^src/',
        pathNot: ['\\.(entity|repository|query)\\.ts$', '^src/platform/db/'],
      },
      { path: 'node_modules/typeorm' },
    ),
    rule('no-circles', 'a circle has no first step to read', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^dist/' },
  },
};
