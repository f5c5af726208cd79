import type { PushedEvidence } from 'backstage-plugin-mentorship-common';
import { alice, pages, service } from '../../__testUtils__/catalogs';
import type { Core } from '../../engine/Engine';
import { loadCore } from '../../engine/loadCore';
import { resultsIn } from '../../engine/results';
import { oneDocument, partsOfDay } from './partsOfDay';

const PAY = 'component:default/pay';
const TODAY = '2026-11-20';
const POLICY = JSON.stringify({
  sources: ['git', 'incidents', 'on-calls', 'deployments', 'reviews'],
});

const part = (
  since: string,
  collectedAt: string,
  said: object,
): PushedEvidence => ({
  schema: 'mentorship/pushed/v1',
  collectedAt,
  since,
  services: [{ entityRef: PAY, ...said }],
});

describe('the parts of a day', () => {
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });

  /** What the core says of the service, and of the program, after these documents. */
  async function judged(documents: PushedEvidence[]) {
    const encode = (text: string) => new TextEncoder().encode(text);
    const engine = await core.createEngine(POLICY);
    try {
      const [page] = pages([alice, service('pay')]);
      await engine.upsertPage(encode(page));
      for (const document of documents) {
        await engine.putPushed(encode(JSON.stringify(document)));
      }
      const { items } = resultsIn(await engine.results(TODAY, 0, 10));
      const program = await engine.program(TODAY, encode('{}'));
      return [items[0].named, program].map(each =>
        Buffer.from(each).toString(),
      );
    } finally {
      await engine.free();
    }
  }

  it.each([
    [
      'deployments, one of them pushed by two jobs',
      [
        { deployments: [{ at: '2026-11-07T08:00:00Z', failed: false }] },
        {
          deployments: [
            { at: '2026-11-07T08:00:00Z', failed: false },
            { at: '2026-11-07T12:00:00Z', failed: true },
          ],
        },
        { deployments: [{ at: '2026-11-07T16:00:00Z', failed: false }] },
      ],
    ],
    [
      'incidents, one of them open at first',
      [
        { incidents: [{ id: 'I1', createdAt: '2026-11-07T07:00:00Z' }] },
        {
          incidents: [
            {
              id: 'I1',
              createdAt: '2026-11-07T07:00:00Z',
              resolvedAt: '2026-11-07T09:00:00Z',
              resolvedBy: 'alice',
            },
          ],
        },
        { incidents: [{ id: 'I2', createdAt: '2026-11-07T13:00:00Z' }] },
      ],
    ],
    [
      'on-calls, of which the last look counts',
      [
        { onCalls: [{ person: 'alice', level: 1 }] },
        { onCalls: [{ person: 'ben', level: 1 }] },
        { onCalls: [{ person: 'carol', level: 2 }] },
      ],
    ],
    [
      'reviews',
      ['alice', 'ben', 'alice'].map(reviewer => ({
        reviews: [{ reviewer, at: '2026-11-07T09:00:00Z', paths: ['a.rs'] }],
      })),
    ],
  ])('say as one document what they say in turn: %s', async (_, said) => {
    const before = part('2026-11-01', '2026-11-07', said[2]);
    const parts = said.map((each, at) =>
      part(
        `2026-11-07T${8 + 4 * at}:00:00Z`.replace('T8', 'T08'),
        `2026-11-07T1${2 + at}:30:00Z`,
        each,
      ),
    );
    const inTurn = await judged([before, ...parts]);
    expect(await judged([before, oneDocument(parts)])).toEqual(inTurn);
    // That what is compared depends on them at all.
    expect(await judged([before])).not.toEqual(inTurn);
  });

  it('are those that were collected last of each time, in that order', () => {
    const texts = (...all: unknown[]) => all.map(each => JSON.stringify(each));
    const early = part('2026-11-07T08:00:00Z', '2026-11-07T08:01:00Z', {});
    const late = part('2026-11-07T14:00:00Z', '2026-11-07T14:01:00Z', {});
    const again = part('2026-11-07T15:00:00+07:00', '2026-11-07T09:01:00Z', {});
    expect(partsOfDay(texts([early, late], again))).toEqual([again, late]);
    expect(partsOfDay(texts(again, [late, early]))).toEqual([again, late]);
  });
});
