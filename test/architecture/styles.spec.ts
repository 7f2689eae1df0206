import { readdirSync, readFileSync } from 'node:fs';

const STYLES = new URL('../../src/web/shared/assets/styles/', import.meta.url);

it('describes each piece of a page in one place', () => {
  const pieces = readdirSync(STYLES).flatMap((file) =>
    [...readFileSync(new URL(file, STYLES), 'utf8').matchAll(/^\.(m-[a-z-]+) \{/gm)].map(([, name]) => name!),
  );
  expect(pieces.length).toBeGreaterThan(50);
  expect(pieces.filter((name, at) => pieces.indexOf(name) !== at)).toEqual([]);
});
