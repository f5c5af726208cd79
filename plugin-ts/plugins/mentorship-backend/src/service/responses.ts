import { NotFoundError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { mentorshipAssessmentReadPermission } from 'backstage-plugin-mentorship-common';
import { notAllowed } from './Authorization';
import type { ReportLookup } from './assessments/DefaultAssessmentService';
import type { Audit } from './Audit';

/** Bytes of the longest question. */
export const LARGEST_BODY = 64 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Sends JSON that depends on who asks and may name people: nobody keeps it, and
 * it gets no ETag, from which one could tell that something changed.
 */
export function sendPersonal<Answer>(
  response: Response<Answer>,
  answer: NoInfer<Answer>,
): void {
  sendPersonalText(response, JSON.stringify(answer));
}

/** The same of an answer that is JSON already. */
export function sendPersonalText(response: Response, text: string): void {
  response
    .setHeader('Cache-Control', 'private, no-store')
    .setHeader('Content-Type', 'application/json; charset=utf-8')
    .end(text);
}

/** Sends JSON that is the same for everybody; Express adds the ETag. */
export function sendPublic<Answer>(
  response: Response<Answer>,
  answer: NoInfer<Answer>,
): void {
  response.setHeader('Cache-Control', 'private, no-cache').json(answer);
}

/**
 * Sends what was found of one service; who read of people is noted.
 *
 * @throws NotFoundError where nothing is known, or nothing to the caller, and
 * NotAllowedError where the caller sees the entity without what is said of it.
 */
export async function sendLookup(
  lookup: ReportLookup | { outcome: 'hidden' | 'kept' },
  entityRef: string,
  { request, response, audit }: Exchange,
): Promise<void> {
  const event = { eventId: 'assessment-read', meta: { entityRef } };
  if (lookup.outcome === 'found') {
    if (lookup.audience === 'named') {
      await audit.of(request, event, async () => {});
    }
    sendPersonalText(response, lookup.json);
    return;
  }
  const reason =
    lookup.outcome === 'missing' && lookup.reason !== undefined
      ? `it could not be judged: ${lookup.reason}`
      : 'it is no service of the catalog, was added after the last run, or may not be read by you';
  const error =
    lookup.outcome === 'kept'
      ? notAllowed(mentorshipAssessmentReadPermission.name)
      : new NotFoundError(`There is no assessment of ${entityRef}: ${reason}`);
  if (lookup.outcome !== 'missing') {
    await audit.of(request, event, () => Promise.reject(error));
  }
  throw error;
}

/** A request and what answers it. */
export interface Exchange {
  request: Request;
  response: Response;
  audit: Audit;
}

/** Streams a CSV file as a download. */
export async function sendCsv(
  response: Response,
  pieces: AsyncIterable<string>,
  byteOrderMark: boolean,
  name = 'mentorship.csv',
): Promise<void> {
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  if (byteOrderMark) {
    response.write(BYTE_ORDER_MARK);
  }
  await pipeline(Readable.from(pieces), response);
}
