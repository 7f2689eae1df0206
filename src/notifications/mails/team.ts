import type { MailContext, Say } from './mail-context.js';

/** Who, what and which part; whoever has not consented has no name here. */
export function teamFacts(
  say: Say,
  { template, params, organisationName }: MailContext,
): { label: string; value: string }[] {
  const text = (name: string): string => String(params[name] ?? '');
  const item = (key: string, value: string) => (value === '' ? [] : [{ label: say(key), value }]);
  const what = item('mail.fact.what', text('package'));
  const part = item('mail.fact.part', text('part'));
  switch (template) {
    case 'team-invited':
      return [
        ...item('mail.fact.who', text('lead')),
        ...item('mail.fact.for', text('contractor')),
        ...what,
        ...part,
        ...item('mail.fact.message', text('message')),
      ];
    case 'team-called':
      return [
        ...item('mail.fact.for', text('contractor')),
        ...what,
        ...part,
        ...item('mail.fact.message', text('message')),
      ];
    case 'team-formed':
    case 'team-complete':
      return [...item('mail.fact.who', `${text('lead')}, ${text('members')}`), ...what];
    case 'team-decided':
      return [...what, ...item('mail.fact.decision', say(`decision.state.${text('state')}`))];
    case 'team-lead':
      return [
        ...what,
        ...item('mail.fact.who', text(params['what'] === 'lead-offered' ? 'lead' : 'partner')),
        ...item('mail.fact.news', say(`team.${text('what')}`)),
      ];
    default: {
      const partner = text('partner') === '' ? say('team.someone') : text('partner');
      const who = params['what'] === 'dropped' ? organisationName : partner;
      return [
        ...what,
        ...item('mail.fact.who', who),
        ...part,
        ...item('mail.fact.news', say(`team.state.${text('what')}`)),
      ];
    }
  }
}
