import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { screen } from '@testing-library/react';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import plugin, { mentorshipApiRef } from '.';
import { FixtureApi } from './__testUtils__/fixtures/FixtureApi';
import { entityOf } from './__testUtils__/rendering';

function renderPortal(path: string) {
  return renderTestApp({
    features: [plugin, catalogPlugin],
    initialRouteEntries: [path],
    apis: [
      [mentorshipApiRef, new FixtureApi()],
      [catalogApiRef, catalogApiMock({ entities: [entityOf()] })],
    ],
  });
}

describe('mentorship plugin', () => {
  it('offers a page with tabs, a tab of services, and cards, which the documentation names', async () => {
    const ids = [
      'page:mentorship',
      'sub-page:mentorship/services',
      'sub-page:mentorship/program',
      'sub-page:mentorship/what-if',
      'sub-page:mentorship/rules',
      'sub-page:mentorship/sources',
      'entity-content:mentorship',
      'entity-card:mentorship/status',
      'entity-card:mentorship/rotation',
      'entity-card:mentorship/bus-factor',
      'entity-card:mentorship/knowledge',
      'entity-card:mentorship/glance',
      'home-page-widget:mentorship/stewardships',
      'home-page-widget:mentorship/apprenticeships',
      'home-page-widget:mentorship/team-risk',
    ];
    const documentation = await readFile(
      resolve(__dirname, '../../../../docs/pages.md'),
      'utf8',
    );
    expect(plugin.getExtension('api:mentorship')).toBeDefined();
    for (const id of ids) {
      expect(plugin.getExtension(id as 'page:mentorship')).toBeDefined();
      expect(documentation).toContain(`\`${id}\``);
    }
    expect(
      createExtensionTester(plugin.getExtension('page:mentorship')).snapshot(),
    ).toBeDefined();
  });

  it('has its states named for the tests in the browser', async () => {
    const pages = JSON.parse(
      await readFile(
        resolve(__dirname, '../../../../tests/e2e/pages.json'),
        'utf8',
      ),
    ) as Record<string, unknown>;
    // The page is its tabs, and the API has no face.
    const faceless = ['api:mentorship', 'page:mentorship'];
    const { extensions } = plugin as unknown as {
      extensions: ReadonlyArray<{ id: string }>;
    };
    const faces = extensions
      .map(({ id }) => id)
      .filter(id => !faceless.includes(id));
    expect(Object.keys(pages).sort()).toEqual([...faces].sort());
  });

  it('opens the page over all services', async () => {
    renderPortal('/mentorship');
    expect(await screen.findByText('31 services')).toBeVisible();
  });

  it('opens the page that tells what is lost when people leave', async () => {
    renderPortal('/mentorship/what-if?leaves=user:default/alice');
    expect(await screen.findByText(/would lose something/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'payments-batch' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-batch/mentorship',
    );
  });

  it('opens the tab of a service and leads there from the table', async () => {
    renderPortal('/catalog/default/component/payments-batch/mentorship');
    expect(
      await screen.findByRole('heading', {
        name: 'Only one person can run payments-batch today.',
      }),
    ).toBeVisible();
  });

  it('links every service to its tab', async () => {
    renderPortal('/mentorship/services?text=payments-batch');
    expect(
      await screen.findByRole('link', { name: 'payments-batch' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-batch/mentorship',
    );
  });
});
