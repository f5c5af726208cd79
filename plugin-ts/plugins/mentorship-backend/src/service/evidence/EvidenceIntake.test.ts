import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EvidenceIntake } from './EvidenceIntake';

describe('EvidenceIntake', () => {
  const push = { entityRef: 'component:default/pay', subject: 'ci' };
  const intake = new EvidenceIntake({
    core: {} as never,
    policy: '{}',
    auth: mockServices.auth(),
    catalog: catalogServiceMock(),
    pushed: { take: async () => {} },
  });

  it('reads no more documents at once than there is memory for', async () => {
    const none = Buffer.from('none');
    const arrive: Array<() => void> = [];
    const onTheirWay = Array.from({ length: 10 }, () =>
      intake.take(
        push,
        () => new Promise(resolve => arrive.push(() => resolve(none))),
      ),
    );
    const bytes = jest.fn(async () => none);
    await expect(intake.take(push, bytes)).rejects.toThrow('send it again');
    expect(bytes).not.toHaveBeenCalled();

    arrive.forEach(each => each());
    for (const { status } of await Promise.allSettled(onTheirWay)) {
      expect(status).toBe('rejected');
    }
    // What ended, however it did, leaves room for the next.
    await expect(intake.take(push, bytes)).rejects.toThrow('no JSON');
  });
});
