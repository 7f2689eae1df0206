#!/usr/bin/env node
// Compiles the style sheet and copies script, fonts and images to dist/assets under names that carry a hash of
// their content, with manifest.json from plain to hashed name. Costs a few milliseconds when nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src', 'web', 'shared', 'assets');
const modules = join(root, 'node_modules');
const target = join(root, 'dist', 'assets');
const manifestFile = join(target, 'manifest.json');

const FONTS = ['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'].map((cut) =>
  join(modules, '@fontsource', 'public-sans', 'files', `public-sans-${cut}-normal.woff2`),
);

function isFresh() {
  if (!existsSync(manifestFile)) return false;
  const inputs = [
    ...globSync('**/*.*', { cwd: source }).map((file) => join(source, file)),
    fileURLToPath(import.meta.url),
  ];
  const lock = join(root, 'package-lock.json');
  if (existsSync(lock)) inputs.push(lock);
  return Math.max(...inputs.map((file) => statSync(file).mtimeMs)) < statSync(manifestFile).mtimeMs;
}

function writer(manifest) {
  return (name, content) => {
    const bytes = Buffer.from(content);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const extension = extname(name);
    const hashed = `${basename(name, extension)}.${hash}${extension}`;
    writeFileSync(join(target, hashed), bytes);
    manifest[name] = hashed;
    return hashed;
  };
}

/** Writes what changed. @returns true when it had to build. */
export async function buildAssets() {
  if (isFresh()) return false;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const manifest = {};
  const write = writer(manifest);

  const fonts = new Map(FONTS.map((file) => [basename(file), write(basename(file), readFileSync(file))]));
  for (const image of globSync('*.svg', { cwd: source }).sort())
    write(image, readFileSync(join(source, image)));

  const library = readFileSync(
    join(modules, 'govuk-frontend', 'dist', 'govuk', 'govuk-frontend.min.js'),
    'utf8',
  );
  const hashedLibrary = write('govuk-frontend.min.js', library.replace(/\/\/# sourceMappingURL=.*$/m, ''));
  const script = readFileSync(join(source, 'app.js'), 'utf8');
  const hashedKeeping = write('kept-entries.js', readFileSync(join(source, 'kept-entries.js'), 'utf8'));
  write(
    'app.js',
    script
      .replace('./govuk-frontend.min.js', `./${hashedLibrary}`)
      .replace('./kept-entries.js', `./${hashedKeeping}`),
  );

  const sass = await import('sass');
  const options = { style: 'compressed', quietDeps: true };
  const { css } = sass.compile(join(source, 'styles', 'app.scss'), options);
  write(
    'app.css',
    css.replace(/url\("?([^")]+\.woff2)"?\)/g, (_, file) => `url("${fonts.get(file) ?? file}")`),
  );
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAssets();
