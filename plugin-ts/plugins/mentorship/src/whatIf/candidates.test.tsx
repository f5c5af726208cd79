import type { ReactNode } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderHook, waitFor } from '@testing-library/react';
import { useKnown, useSearch } from './candidates';

const entity = (kind: string, name: string, spec: Entity['spec']): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { namespace: 'default', name },
  spec,
});

const catalog = catalogApiMock({
  entities: [
    entity('User', 'ana', {
      profile: { displayName: 'Ana Pay', email: 'ana@example.com' },
    }),
    entity('User', 'payton', {}),
    entity('Group', 'payments', { profile: { displayName: 'Payments' } }),
    entity('Component', 'payments-batch', {}),
  ],
});

const wrapper = ({ children }: { children: ReactNode }) => (
  <TestApiProvider apis={[[catalogApiRef, catalog]]}>
    {children}
  </TestApiProvider>
);

const search = (words: string, groupsOnly: boolean) =>
  renderHook(() => useSearch(words, groupsOnly), { wrapper }).result;

describe('useSearch', () => {
  it('finds people and teams by name, title and address, and nothing else', async () => {
    const found = search('pay', false);
    expect(found.current.searching).toBe(true);
    await waitFor(() =>
      expect(found.current.candidates.map(({ title }) => title)).toEqual([
        'Ana Pay',
        'Payments',
        'payton',
      ]),
    );
    const byAddress = search('ana@', false);
    await waitFor(() => expect(byAddress.current.candidates).toHaveLength(1));
  });

  it('finds teams only where people may not be asked about', async () => {
    const found = search('pay', true);
    await waitFor(() => expect(found.current.candidates).toHaveLength(1));
    expect(found.current.candidates[0]).toMatchObject({
      entityRef: 'group:default/payments',
      isGroup: true,
    });
  });

  it('tells why the catalog did not answer', async () => {
    jest
      .spyOn(catalog, 'queryEntities')
      .mockRejectedValueOnce(new Error('the catalog is away'));
    const found = search('pay', false);
    await waitFor(() =>
      expect(found.current.problem).toEqual(new Error('the catalog is away')),
    );
    expect(found.current.searching).toBe(false);
  });
});

describe('useKnown', () => {
  it('knows refs by what was written, and leaves the rest alone', async () => {
    const leaves = ['User:ana', 'user:default/nobody', '@ana', 'Ana Pay'];
    const { result } = renderHook(() => useKnown(leaves), { wrapper });
    await waitFor(() => expect(result.current.size).toBe(1));
    expect(result.current.get('User:ana')?.title).toBe('Ana Pay');
  });
});
