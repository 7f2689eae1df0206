#!/usr/bin/env node
// Says in one clear sentence what a machine lacks, before anything else fails less clearly.
const [major] = process.versions.node.split('.').map(Number);
const bundled = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
const needed = bundled ? 20 : 24;
if (major < needed) {
  const why = bundled
    ? 'npm needs Node 20 or newer to install Maillon (Node 24 itself then comes with the project).'
    : `no Node 24 comes through npm for ${process.platform}-${process.arch}: install Node 24 or newer (nodejs.org, Homebrew: "brew install node@24").`;
  process.stderr.write(`Maillon: this is Node ${process.versions.node}; ${why}\n`);
  process.exit(1);
}
