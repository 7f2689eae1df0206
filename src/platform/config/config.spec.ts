import { readFileSync } from 'node:fs';
import { fromRoot } from '../project-root.js';
import { ConfigurationInvalid, localAddress, readConfig } from './config.js';
import { VARIABLES } from './variables.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationInvalid) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs nothing on a laptop', () => {
    expect(readConfig({})).toMatchObject({
      environment: 'production',
      host: '127.0.0.1',
      port: 3000,
      portIsNamed: false,
      publicUrl: 'http://localhost:3000',
      smtpUrl: null,
      role: 'all',
    });
  });

  it('is frozen', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.failPoints)).toBe(true);
  });

  it('says everything that is wrong at once, and never a value', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      SECRET: 'hunter2',
      TRUST_PROXY: 'perhaps',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'DATABASE_URL',
      'PORT',
      'TRUST_PROXY',
      'SECRET',
      'LOG_LEVEL',
    ]);
    expect(faults.join('\n')).not.toContain('hunter2');
  });

  it.each([
    [{ DATABASE_URL: 'postgres://db/maillon' }, 'SECRET'],
    [{ SMTP_URL: 'smtp://mail.example.org' }, 'PUBLIC_URL'],
  ])('asks for what must come together: %j', (environment, missing) => {
    expect(faultsOf(environment)).toEqual([expect.stringContaining(missing)]);
  });

  it('honours fail points in tests only', () => {
    expect(readConfig({ FAIL_POINTS: 'a, b', NODE_ENV: 'test' }).failPoints).toEqual(['a', 'b']);
    expect(readConfig({ FAIL_POINTS: 'a, b' }).failPoints).toEqual([]);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', SMTP_URL: ' ' })).toMatchObject({
      port: 3000,
      portIsNamed: false,
      smtpUrl: null,
    });
  });

  it.each([
    ['127.0.0.1', 'http://localhost:80'],
    ['fd00::7', 'http://[fd00::7]:80'],
    ['maillon.lan', 'http://maillon.lan:80'],
  ])('writes the address of %s', (host, address) => {
    expect(localAddress(host, 80)).toBe(address);
  });
});

describe('.env.example', () => {
  const lines = readFileSync(fromRoot('.env.example'), 'utf8').split('\n');
  const shown = lines.flatMap((line) => {
    const [, name, value] = /^# ([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  const example: Record<string, string> = Object.fromEntries(shown);

  it('shows every variable, in order, and no other', () => {
    expect(Object.keys(example)).toEqual(Object.keys(VARIABLES));
  });

  it('explains each in the words of the schema', () => {
    for (const [name, { help }] of Object.entries(VARIABLES)) {
      const at = lines.findIndex((line) => line.startsWith(`# ${name}=`));
      expect(lines[at - 1]).toBe(`# ${help}`);
    }
  });

  it('can be used once a secret is put in', () => {
    expect(faultsOf({ ...example, SECRET: 'x'.repeat(32) })).toEqual([]);
  });

  it('shows the standards', () => {
    const { publicUrl: _shown, ...standards } = readConfig({});
    const { DATABASE_URL: _a, PUBLIC_URL: _b, SECRET: _c, SMTP_URL: _d, ...others } = example;
    expect(readConfig(others)).toMatchObject({ ...standards, portIsNamed: true });
  });
});
