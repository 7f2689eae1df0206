import type { Language } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { nextDigest, TIME_TO_ANSWER_MS, type PlannedNotification } from './domain/index.js';
import {
  addressIsRefused,
  chooseColleagues,
  holdUntil,
  keepMailWish,
  lastTestMail,
  mailWish,
  notChosen,
  tellByItself,
  type ColleaguesChosen,
  type MailWish,
} from './mail-wish.repository.js';
import { insertPlanned, oneAtATime } from './notification.repository.js';
import { stoppedLists } from './outbox.repository.js';

const TEST_AGAIN_AFTER_MS = 10 * 60_000;

export interface TestMail {
  readonly personId: string;
  readonly organisationId: string;
  readonly language: Language;
  readonly isContractor: boolean;
  /** Mails about offers that the organisation wants in a week; null where it gets none. */
  readonly weekly: number | null;
}

/** When people are written to. Every method runs in the caller's transaction, as the person. */
export class MailWishService {
  constructor(
    private readonly clock: Clock,
    private readonly options: { readonly mailDomain: string },
  ) {}

  of(tx: Tx, personId: string): Promise<MailWish> {
    return mailWish(tx, personId);
  }

  /** What waits already follows the new wish. Harmless to repeat. */
  async keep(
    tx: Tx,
    who: { readonly personId: string; readonly organisationId: string },
    wish: MailWish,
  ): Promise<void> {
    const before = await mailWish(tx, who.personId);
    await keepMailWish(tx, who, wish);
    if (before.rhythm === wish.rhythm) return;
    const now = this.clock.now();
    const at = wish.rhythm === 'at-once' ? now : nextDigest(wish.rhythm, now);
    const answerableUntil = new Date(at.getTime() + TIME_TO_ANSWER_MS);
    await holdUntil(tx, who.personId, { now, at, answerableUntil });
    if (wish.rhythm === 'at-once') await tellByItself(tx, who.personId, now);
  }

  notChosen(tx: Tx, organisationId: string): Promise<string[]> {
    return notChosen(tx, organisationId);
  }

  choose(tx: Tx, organisationId: string, chosen: ColleaguesChosen): Promise<void> {
    return chooseColleagues(tx, organisationId, chosen);
  }

  addressIsRefused(tx: Tx, personId: string): Promise<boolean> {
    return addressIsRefused(tx, personId);
  }

  /**
   * A mail that says what the person chose, by the same way as all others.
   * @returns `again`: one left a moment ago; `refused`: the server of the person takes none
   */
  async test(tx: Tx, asked: TestMail): Promise<'sent' | 'again' | 'refused'> {
    const { personId, organisationId, language, weekly } = asked;
    if (await addressIsRefused(tx, personId)) return 'refused';
    await oneAtATime(tx, personId);
    const now = this.clock.now();
    const last = await lastTestMail(tx, personId);
    if (last && now.getTime() - last.getTime() < TEST_AGAIN_AFTER_MS) return 'again';
    const { rhythm, quiet } = await mailWish(tx, personId);
    const untold = weekly === null ? null : await this.whyUntold(tx, asked);
    const boards = asked.isContractor ? { boards: rhythm } : {};
    const isCollected = rhythm !== 'at-once' && untold === null && weekly !== 0;
    const eventId = await emit(tx, {
      type: 'mail.test-asked',
      organisationId,
      subjectId: personId,
      payload: {},
      at: now,
    });
    const mail: PlannedNotification = {
      eventId,
      eventOrganisationId: organisationId,
      tenderId: null,
      recipientId: personId,
      organisationId,
      channel: 'mail',
      template: 'mail-test',
      packageIds: [],
      params: {
        ...boards,
        ...(weekly === null ? {} : { rhythm, weekly }),
        ...(untold === null ? {} : { untold }),
        ...(isCollected ? { next: nextDigest(rhythm, now).toISOString() } : {}),
        ...(quiet === null ? {} : { from: quiet.from, until: quiet.until }),
      },
      language,
      state: 'pending',
      reason: null,
      nextAttemptAt: now,
    };
    await insertPlanned(tx, [mail], { requestId: 'mail-test', domain: this.options.mailDomain, now });
    return 'sent';
  }

  /** Why a person of an enterprise gets no offers by mail; null: it gets them. */
  private async whyUntold(
    tx: Tx,
    { personId, organisationId }: TestMail,
  ): Promise<'stopped' | 'not-chosen' | null> {
    if ((await stoppedLists(tx, personId)).includes('offers')) return 'stopped';
    return (await notChosen(tx, organisationId)).includes(personId) ? 'not-chosen' : null;
  }
}
