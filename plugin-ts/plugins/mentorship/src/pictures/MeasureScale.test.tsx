import { screen } from '@testing-library/react';
import type { Measure } from 'backstage-plugin-mentorship-common';
import { FixtureApi } from '../__testUtils__/fixtures/FixtureApi';
import { programReport } from '../__testUtils__/fixtures/program';
import { renderPage } from '../__testUtils__/rendering';
import { MeasureScale } from './MeasureScale';

const [known] = programReport.program.measures;

describe('MeasureScale', () => {
  it.each<[string, Partial<Measure>, string | null]>([
    ['small shares', { unit: 'percent', value: 9.6, target: 2.8 }, '25 %'],
    ['a share past a quarter', { unit: 'percent', value: 25.1 }, '100 %'],
    ['more than all', { unit: 'percent', value: 130 }, '130 %'],
    ['days', { unit: 'days', value: 46, target: 75 }, null],
  ])('says where the scale of %s ends', async (_, measure, end) => {
    renderPage(
      <MeasureScale
        measure={{
          ...known,
          target: undefined,
          baseline: undefined,
          ...measure,
        }}
        format={value => `${value} %`}
      />,
      { api: new FixtureApi() },
    );
    const scale = await screen.findByRole('img');
    expect(scale.getAttribute('data-end')).toBe(end);
  });
});
