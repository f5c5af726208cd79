import { loadCore } from './loadCore';
import { uncounted } from './uncounted';

const ALL = ['incidents', 'on-calls', 'deployments', 'reviews'] as const;

describe('uncounted', () => {
  it('says of each kind that the policy does not name what to do', async () => {
    const core = await loadCore();
    const policy = JSON.stringify({ sources: ['git', 'incidents', 'reviews'] });
    const said = await uncounted(core, policy, [...ALL, 'on-calls']);
    expect([...said.keys()]).toEqual(['on-calls', 'deployments']);
    expect(said.get('on-calls')).toMatch(/`sources`.*`on-calls`.*add it there/);
  });

  it('says nothing where every kind counts', async () => {
    const core = await loadCore();
    const policy = JSON.stringify({ sources: ['git', ...ALL] });
    expect(await uncounted(core, policy, ALL)).toEqual(new Map());
  });
});
