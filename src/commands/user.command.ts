import { createOrganisation, InvitationService } from '../accounts/index.js';
import { isLanguage, ROLES } from '../kernel/index.js';
import { SystemClock } from '../platform/clock.js';
import { config } from '../platform/config/index.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

/** The first way in for a new organisation, and the way back in when nobody can sign in any more. */
export const user: Verb = {
  usage:
    'invite EMAIL --name NAME (--organisation ID | --new-organisation NAME --role contractor|enterprise|working-group|administrator)',
  options: {
    name: { type: 'string' },
    organisation: { type: 'string' },
    'new-organisation': { type: 'string' },
    role: { type: 'string' },
  },
  async run({ positionals: [verb, email], values, language, terminal }) {
    const {
      name,
      organisation,
      'new-organisation': newOrganisation,
    } = values as Record<string, string | undefined>;
    const role = ROLES.find((known) => known === values['role']);
    const isComplete = verb === 'invite' && email && name && (organisation || (newOrganisation && role));
    if (!isComplete || !isLanguage(language)) throw usage(`user ${user.usage}`, verb ?? '');
    const invited = await withDatabase(({ database, actor }) =>
      database.transaction(actor, async (tx) => {
        const clock = new SystemClock();
        const organisationId =
          organisation ??
          (await createOrganisation(tx, { role: role!, name: newOrganisation!, language }, clock.now()));
        const invitations = new InvitationService(database, clock, config());
        const { token, expiresAt } = await invitations.invite(tx, { organisationId, email, name, language });
        return { organisationId, link: `${config().publicUrl}/invitation/${token}`, expiresAt };
      }),
    );
    await terminal.print(invited);
    return 0;
  },
};
