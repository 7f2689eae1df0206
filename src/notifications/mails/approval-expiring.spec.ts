import { LANGUAGES } from '../../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../../platform/i18n/index.js';
import { writeApprovalExpiring } from './approval-expiring.js';

describe('the mail on an approval that ends', () => {
  const messages = Messages.load(MESSAGES_FOLDER);
  const subject = (language: (typeof LANGUAGES)[number], today: string): string =>
    writeApprovalExpiring(messages, {
      language,
      params: { approvalKind: 'WAL_EI', approval: 'EI', lastDay: '2026-12-06' },
      recipientName: 'Anne Dubois',
      organisationName: 'Ateliers du Val',
      today,
      stopUrl: '',
      absolute: (path) => path,
    }).subject;

  it('says that today is the last day, when it is written on it', () => {
    const onTheDay = LANGUAGES.map((language) => subject(language, '2026-12-06'));
    expect(onTheDay.map((said) => said.replace('\u00a0', ' '))).toEqual([
      'Votre agrément se termine aujourd’hui : EI',
      'Uw erkenning eindigt vandaag: EI',
      'Ihre Anerkennung endet heute: EI',
      'Your approval ends today: EI',
    ]);
  });

  it('counts the days before', () => {
    expect(subject('fr', '2026-11-29')).toMatch(/dans 7\sjours/);
    expect(subject('de', '2026-12-05')).toContain('in einem Tag');
  });
});
