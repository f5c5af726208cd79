import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import type { AddressInfo } from 'net';
import { ApiDescription } from '../__testUtils__/ApiDescription';
import type { AuthorizedAssessmentService } from './assessments/AuthorizedAssessmentService';
import { createRouter } from './router';

describe('createRouter', () => {
  it('has exactly the routes that the description has', () => {
    const { stack } = createRouter({} as never) as unknown as {
      stack: Array<{ route?: { path: string; methods: object } }>;
    };
    expect(
      stack
        .flatMap(({ route }) =>
          route
            ? `${Object.keys(route.methods)[0].toUpperCase()} ${route.path}`
            : [],
        )
        .map(route => route.replace(/:(\w+)/g, '{$1}'))
        .sort(),
    ).toEqual(new ApiDescription().routes);
  });

  it('breaks the connection where an export fails midway', async () => {
    const auditor = mockServices.auditor.mock();
    const fail = jest.fn();
    auditor.createEvent.mockResolvedValue({ success: jest.fn(), fail });
    async function* pieces() {
      yield 'header\r\n';
      yield 'line\r\n'.repeat(50_000);
      throw new Error('the run was replaced');
    }
    const server = express()
      .use(
        createRouter({
          assessments: {
            csv: async () => pieces(),
          } as unknown as AuthorizedAssessmentService,
          program: {} as never,
          questions: {} as never,
          status: {} as never,
          intake: {} as never,
          people: {} as never,
          authorization: {} as never,
          largestEvidence: 0,
          httpAuth: mockServices.httpAuth(),
          auditor,
        }),
      )
      .listen(0);
    try {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/assessments.csv`);
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
      expect(fail).toHaveBeenCalledTimes(1);
    } finally {
      server.close();
    }
  });
});
