import { linkPaths } from '../../src/notifications/mails/links.js';
import { contractorPaths } from '../../src/web/contractor/paths.js';
import { enterprisePaths } from '../../src/web/enterprise/paths.js';
import { newsPaths } from '../../src/web/news/paths.js';

describe('the links of mails', () => {
  it('lead to the pages as they are', () => {
    expect(linkPaths.opportunities()).toBe(enterprisePaths.opportunities());
    expect(linkPaths.opportunity('p')).toBe(enterprisePaths.opportunity('p'));
    expect(linkPaths.answer('p', 'full')).toBe(`${enterprisePaths.answer('p')}?kind=full`);
    expect(linkPaths.question('t', 'q')).toBe(contractorPaths.question('t', 'q'));
    expect(linkPaths.decision('t', 'a')).toBe(contractorPaths.decision('t', 'a'));
    expect(linkPaths.board('t')).toBe(contractorPaths.board('t'));
    expect(linkPaths.team('p')).toBe(enterprisePaths.team('p'));
    expect(linkPaths.teamRequest('k')).toBe(enterprisePaths.teamRequest('k'));
    expect(linkPaths.performance('e')).toBe(enterprisePaths.performance('e'));
    expect(linkPaths.obligation('o')).toBe(contractorPaths.obligation('o'));
    expect(linkPaths.stop('x')).toBe(newsPaths.stop('x'));
  });
});
