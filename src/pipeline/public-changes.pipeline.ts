import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { EventRelay, Jobs, type EventJob } from '../platform/queue/index.js';
import { keepPublicChange, type PublicChangeKind } from '../tenders/index.js';

const PUBLIC_CHANGE = 'tenders.public-change';

/** What an event is to whoever reads what is public; null for what is nobody's business, or told by another event. */
function changeOf({
  type,
  subjectId,
  payload,
}: EventJob): { tenderId: string; kind: PublicChangeKind } | null {
  const { tenderId, state, reason } = payload;
  switch (type) {
    case 'tender.published':
      return { tenderId: subjectId, kind: 'published' };
    case 'tender.extended':
      return { tenderId: subjectId, kind: 'extended' };
    case 'tender.withdrawn':
      return { tenderId: subjectId, kind: 'withdrawn' };
    case 'tender.amended':
    case 'packages.added':
      return { tenderId: subjectId, kind: 'amended' };
    case 'package.withdrawn':
      // A corrected document without its lines is an amendment of its own.
      return reason === 'not-in-document' ? null : { tenderId: String(tenderId), kind: 'amended' };
    case 'answer.decided':
      return state === 'confirmed' ? { tenderId: String(tenderId), kind: 'awarded' } : null;
    default:
      return null;
  }
}

const TYPES = [
  'tender.published',
  'tender.extended',
  'tender.withdrawn',
  'tender.amended',
  'packages.added',
  'package.withdrawn',
  'answer.decided',
];

/**
 * Tells of changes to what is public. In a transaction of its own, after that of the change: numbers are given one after
 * the other, and nobody who publishes waits for it.
 */
@Injectable()
export class PublicChangesPipeline implements OnModuleInit {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(EventRelay) private readonly relay: EventRelay,
  ) {}

  onModuleInit(): void {
    this.relay.on(TYPES, PUBLIC_CHANGE);
    this.jobs.work<EventJob>(PUBLIC_CHANGE, async (tx, job) => {
      const change = changeOf(job);
      if (change) await keepPublicChange(tx, { eventId: job.eventId, ...change });
    });
  }
}
