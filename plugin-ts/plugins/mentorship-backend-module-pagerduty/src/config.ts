import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const KEY = 'mentorship.modules.pagerduty';

const schema = z.strictObject({
  token: z.string().regex(/^\S+$/, 'expected a token without blanks'),
  apiBaseUrl: z
    .string()
    .refine(isAddress, 'expected an https address without user and query')
    .default('https://api.pagerduty.com'),
  title: z.string().trim().min(1).max(60).default('PagerDuty'),
  days: z.int().min(30).max(550).default(180),
  concurrency: z.int().min(1).max(16).default(4),
});

/** How PagerDuty is asked. */
export type PagerDutyConfig = z.output<typeof schema>;

/**
 * Reads the module's part of the configuration; `undefined` where there is none.
 *
 * @throws InputError that names every unknown key and wrong value, and no secret.
 */
export function readPagerDutyConfig(
  config: RootConfigService,
): PagerDutyConfig | undefined {
  const given = config.getOptional(KEY);
  if (given === undefined) {
    return undefined;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new InputError(
      `The configuration of the module for PagerDuty cannot be used: ${parsed.error.issues
        .map(
          ({ path, message }) => `\`${[KEY, ...path].join('.')}\`: ${message}`,
        )
        .join('; ')}`,
    );
  }
  return parsed.data;
}

/** The token goes there: over plain HTTP to this machine at most. */
function isAddress(written: string): boolean {
  if (!URL.canParse(written)) {
    return false;
  }
  const { protocol, hostname, username, password, search } = new URL(written);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (
    (protocol === 'https:' || (protocol === 'http:' && isHere)) &&
    `${username}${password}${search}` === ''
  );
}
