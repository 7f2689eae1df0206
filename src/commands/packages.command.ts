import { basename } from 'node:path';
import { proposePackages } from '../pipeline/index.js';
import { parseTender } from '../tenders/index.js';
import { inWords } from './in-words.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';

export const packages: Verb = {
  usage: 'FILE [--lang fr|nl|de|en]',
  async run({ positionals: [file], terminal, language }) {
    if (!file) throw usage(`packages ${packages.usage}`, '');
    const parsed = await parseTender(await terminal.read(file), basename(file));
    if ('refused' in parsed) {
      await terminal.print({ refused: inWords(parsed.refused, language) });
      return 2;
    }
    const proposal = proposePackages(parsed);
    await terminal.print({
      packages: proposal.packages.map(({ ref, lot, title, lines, tagged, value, hours, sites, trade }) => ({
        ref,
        lot,
        title,
        lines,
        cpv: tagged.cpv,
        accepted: tagged.accepted,
        placeable: tagged.placeable,
        value,
        hours,
        trade,
        sites,
      })),
      unassigned: proposal.unassigned,
      place: proposal.place,
      problems: parsed.problems.map((problem) => inWords(problem, language)),
    });
    return 0;
  },
};
