import { screen } from '@testing-library/react';
import type { Part } from 'backstage-plugin-mentorship-common';
import { FixtureApi } from '../__testUtils__/fixtures/FixtureApi';
import {
  count,
  date,
  link,
  person,
  text,
} from '../__testUtils__/fixtures/words';
import { renderPage } from '../__testUtils__/rendering';
import { webAddress } from './webAddress';
import { plainText, Words } from './Words';

const render = (parts: Part[]) =>
  renderPage(
    <p data-testid="words">
      <Words parts={parts} />
    </p>,
    {
      api: new FixtureApi(),
    },
  );

describe('Words', () => {
  it('draws a sentence part by part, in order', async () => {
    render([
      person('Alice', 'user:default/alice'),
      text(' has been steward for '),
      count(14, 'months'),
      text(', since '),
      date('2025-09-03'),
      text('; '),
      link('see', 'https://docs.example.com/a'),
      text('.'),
    ]);
    expect(await screen.findByTestId('words')).toHaveTextContent(
      'Alice has been steward for 14 months, since Sep 3, 2025; see.',
    );
    expect(screen.getByRole('link', { name: 'Alice' })).toHaveAttribute(
      'href',
      '/catalog/default/user/alice',
    );
    expect(screen.getByText('Sep 3, 2025')).toHaveAttribute(
      'title',
      expect.stringContaining('2025-09-03'),
    );
    const outside = screen.getByRole('link', { name: 'see' });
    expect(outside).toHaveAttribute('href', 'https://docs.example.com/a');
    expect(outside).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('names people whom the catalog does not know without a link', async () => {
    render([person('ravi'), text(' and '), person('Bo', 'no ref at all')]);
    expect(await screen.findByText('ravi')).toBeVisible();
    expect(screen.getByText('Bo')).toBeVisible();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('says what a part of a later version says', async () => {
    render([{ type: 'emphasis', text: 'soon' } as unknown as Part]);
    expect(await screen.findByText('soon')).toBeVisible();
  });

  it('sets what stands between backticks as code', async () => {
    render([text('Write `mentorship/backup` or `<b>`, not a lone ` one.')]);
    expect((await screen.findByText('mentorship/backup')).tagName).toBe('CODE');
    expect(screen.getByText('<b>').tagName).toBe('CODE');
    expect(screen.getByTestId('words')).toHaveTextContent(
      'Write mentorship/backup or <b>, not a lone ` one.',
    );
  });

  it('gives the sentence as plain text', () => {
    expect(plainText([count(2, 'people'), text(' know it.')])).toBe(
      '2 people know it.',
    );
  });
});

describe('webAddress', () => {
  it.each([
    ['https://example.com/a', 'https://example.com/a'],
    ['HTTP://example.com', 'http://example.com/'],
  ])('opens %s', (href, expected) => {
    expect(webAddress(href)).toBe(expected);
  });

  it.each([
    // eslint-disable-next-line no-script-url
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//example.com/a',
    '/catalog',
    'docs/runbook.md',
    'https://',
    'mailto:alice@example.com',
    '',
    undefined,
  ])('does not open %s', href => {
    expect(webAddress(href)).toBeUndefined();
  });
});
