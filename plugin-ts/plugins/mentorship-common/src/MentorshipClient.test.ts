import {
  MentorshipClient,
  isFirstPassPending,
  isNotJudged,
} from './MentorshipClient';

function clientAnswering(answer: () => Response) {
  const fetch = jest.fn(async () => answer());
  return { fetch, client: new MentorshipClient({ fetchApi: { fetch } }) };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json' },
    });

describe('MentorshipClient', () => {
  it('sends every part of a query, lists as repeated parameters', async () => {
    const { client, fetch } = clientAnswering(json({ items: [] }));

    await client.getAssessments({
      text: 'pay & settle',
      level: ['exposed', 'unknown'],
      tier: [1, 2],
      rule: ['no-backup'],
      order: { field: 'score', direction: 'desc' },
      cursor: 'abc',
      limit: 50,
    });

    expect(fetch).toHaveBeenCalledWith(
      'plugin://mentorship/assessments?text=pay+%26+settle&level=exposed&level=unknown&tier=1&tier=2&rule=no-backup&cursor=abc&limit=50&order=score%2Cdesc',
      {},
    );
  });

  it('asks without parameters where nothing narrows the list', async () => {
    const { client, fetch } = clientAnswering(json({ items: [] }));

    await client.getAssessments({ owner: [], text: '' });

    expect(fetch).toHaveBeenCalledWith('plugin://mentorship/assessments', {});
  });

  it('finds the backend through discovery and sends the token given', async () => {
    const fetch = jest.fn(async () => json({ outcome: 'started' })());
    const client = new MentorshipClient({
      fetchApi: { fetch },
      discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
    });

    await expect(client.refresh({ token: 'secret' })).resolves.toEqual({
      outcome: 'started',
    });
    expect(fetch).toHaveBeenCalledWith(
      'http://backend/api/mentorship/refresh',
      {
        method: 'POST',
        headers: { Authorization: 'Bearer secret' },
      },
    );
  });

  it('asks about several services at once, in order', async () => {
    const { client, fetch } = clientAnswering(json({ items: [null] }));

    await expect(
      client.getAssessmentsByEntityRefs(['component:default/pay']),
    ).resolves.toEqual([null]);
    expect(fetch).toHaveBeenCalledWith(
      'plugin://mentorship/assessments/by-refs',
      expect.objectContaining({
        method: 'POST',
        body: '{"entityRefs":["component:default/pay"]}',
      }),
    );
  });

  it('refers to a service by the parts of its ref', async () => {
    const { client, fetch } = clientAnswering(json({}));

    await client.getAssessmentByEntityRef('component:default/pay#1');

    expect(fetch).toHaveBeenCalledWith(
      'plugin://mentorship/assessments/by-entity/component/default/pay%231',
      {},
    );
    await expect(client.getAssessmentByEntityRef('pay')).rejects.toThrow(
      '`pay` is no full entity ref',
    );
  });

  it('tells a service that is not judged from a pass that is not complete', async () => {
    const failing = (name: string, status: number) =>
      clientAnswering(
        json(
          { error: { name, message: '…' }, response: { statusCode: status } },
          status,
        ),
      )
        .client.getAssessmentByEntityRef('component:default/pay')
        .catch((error: unknown) => error);

    const notFound = await failing('NotFoundError', 404);
    expect([isNotJudged(notFound), isFirstPassPending(notFound)]).toEqual([
      true,
      false,
    ]);
    const pending = await failing('FirstPassPendingError', 503);
    expect([isNotJudged(pending), isFirstPassPending(pending)]).toEqual([
      false,
      true,
    ]);
    const away = await failing('ServiceUnavailableError', 503);
    expect(isFirstPassPending(away)).toBe(false);
  });

  it('hands the export over as bytes', async () => {
    const { client, fetch } = clientAnswering(() => new Response('a,b\r\n'));

    const blob = await client.exportAssessments({
      kind: ['component'],
      byteOrderMark: true,
    });

    expect(await blob.text()).toBe('a,b\r\n');
    expect(fetch).toHaveBeenCalledWith(
      'plugin://mentorship/assessments.csv?kind=component&bom=true',
      {},
    );
  });
});
