import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { readFileSync } from 'fs';
import type { AddressInfo } from 'net';
import { join } from 'path';
import type { AuthorizedAssessmentService } from './assessments/AuthorizedAssessmentService';
import { createRouter } from './router';

describe('createRouter', () => {
  it('has exactly the routes that the schema describes', () => {
    const { stack } = createRouter({} as never) as unknown as {
      stack: Array<{ route?: { path: string } }>;
    };
    // What is pushed is described apart, by a newer version of OpenAPI, which alone
    // can refer to the JSON Schemas of the documents.
    const paths = ['openapi.yaml', 'evidence.openapi.yaml'].flatMap(file => {
      const schema = readFileSync(
        join(__dirname, '..', 'schema', file),
        'utf8',
      );
      return [...schema.matchAll(/^ {2}(\/.*):$/gm)].map(([, path]) => path);
    });
    expect(paths.sort()).toEqual(
      stack
        .flatMap(({ route }) => route?.path ?? [])
        .map(path => path.replace(/:(\w+)/g, '{$1}'))
        .sort(),
    );
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
