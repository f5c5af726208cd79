import { ServiceUnavailableError } from '@backstage/errors';
import type { RequestHandler } from 'express';

/** More than that only wait for one another, and for the database. */
const MOST_AT_ONCE = 200;

/**
 * Refuses requests with 503 while too many are under way, so that those that are
 * answered are answered in time, and memory has a bound however many people come.
 * The refusal is no error of ours and is not logged, which would cost more than it.
 */
export function shedding(mostAtOnce = MOST_AT_ONCE): RequestHandler {
  const { name, message } = new ServiceUnavailableError(
    `${mostAtOnce} requests are being answered by this process; ask again in a second`,
  );
  let underWay = 0;
  return (_, response, next) => {
    if (underWay >= mostAtOnce) {
      response
        .status(503)
        .setHeader('Retry-After', '1')
        .json({ error: { name, message }, response: { statusCode: 503 } });
      return;
    }
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    next();
  };
}
