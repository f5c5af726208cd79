import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const schema = z.strictObject({
  days: z.int().min(30).max(550).default(180),
  concurrency: z.int().min(1).max(16).default(4),
});

/**
 * How a code host is asked for reviews.
 *
 * @public
 */
export interface ReviewsConfig {
  /** Days to look back on. */
  days: number;
  /** Repositories that are read at a time. */
  concurrency: number;
}

/**
 * Reads a code host's part of the configuration, `mentorship.modules.<module>`.
 *
 * @throws InputError that names every unknown key and wrong value.
 * @public
 */
export function readReviewsConfig(
  config: RootConfigService,
  module: string,
): ReviewsConfig {
  const key = `mentorship.modules.${module}`;
  const parsed = schema.safeParse(config.getOptional(key) ?? {});
  if (!parsed.success) {
    throw new InputError(
      `The configuration of the module \`${module}\` cannot be used: ${parsed.error.issues
        .map(
          ({ path, message }) => `\`${[key, ...path].join('.')}\`: ${message}`,
        )
        .join('; ')}`,
    );
  }
  return parsed.data;
}
