import { mockServices } from '@backstage/backend-test-utils';
import { readPagerDutyConfig } from './config';

const read = (pagerduty?: object) =>
  readPagerDutyConfig(
    mockServices.rootConfig({
      data: { mentorship: { modules: { ...(pagerduty && { pagerduty }) } } },
    }),
  );

describe('readPagerDutyConfig', () => {
  it('is absent where nothing is configured, and has defaults', () => {
    expect(read()).toBeUndefined();
    expect(read({ token: 'secret' })).toEqual({
      token: 'secret',
      apiBaseUrl: 'https://api.pagerduty.com',
      title: 'PagerDuty',
      days: 180,
      concurrency: 4,
    });
  });

  it.each([
    [{}, '`mentorship.modules.pagerduty.token`'],
    [{ token: 'a secret' }, 'without blanks'],
    [{ token: 'secret', apiBaseUrl: 'http://api.pagerduty.com' }, 'https'],
    [{ token: 'secret', apiBaseUrl: 'https://u:p@host' }, 'without user'],
    [{ token: 'secret', days: 1 }, '`mentorship.modules.pagerduty.days`'],
    [{ token: 'secret', tokn: 1 }, 'tokn'],
  ])('refuses %j without telling the token', (config, message) => {
    expect(() => read(config)).toThrow(message);
    expect(() => read(config)).not.toThrow('a secret');
  });
});
