import { renderHook, waitFor } from '@testing-library/react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import type { ReactNode } from 'react';
import { useEntityNames } from './useEntityNames';

const PAYMENTS = 'group:default/payments';

describe('useEntityNames', () => {
  it('calls entities as the portal does, and until then as their refs say', async () => {
    type Snapshot = { entityRef: string; primaryTitle: string };
    let answer = (_: Snapshot) => {};
    const promise = new Promise<Snapshot>(resolve => {
      answer = resolve;
    });
    const presentation = {
      forEntity: (entityRef: string) => ({
        snapshot: { entityRef, primaryTitle: 'payments' },
        promise,
      }),
    };
    const wrapper = ({ children }: { children: ReactNode }) => (
      <TestApiProvider apis={[[entityPresentationApiRef, presentation]]}>
        {children}
      </TestApiProvider>
    );
    const { result } = renderHook(() => useEntityNames([PAYMENTS]), {
      wrapper,
    });
    expect(result.current(PAYMENTS)).toBe('payments');
    answer({ entityRef: PAYMENTS, primaryTitle: 'Payments' });
    await waitFor(() => expect(result.current(PAYMENTS)).toBe('Payments'));
  });

  it('does without a catalog, and with what is no ref', () => {
    const wrapper = ({ children }: { children: ReactNode }) => (
      <TestApiProvider apis={[]}>{children}</TestApiProvider>
    );
    const { result } = renderHook(() => useEntityNames([PAYMENTS, 'a:b:c']), {
      wrapper,
    });
    expect(result.current(PAYMENTS)).toBe('payments');
    expect(result.current('system:other/core')).toBe('other/core');
    expect(result.current('a team')).toBe('a team');
  });
});
