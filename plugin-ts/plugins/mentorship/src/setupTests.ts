import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A page that loads what it shows lazily takes its time on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });

// Telling whether an element is hidden means computing styles up to the root,
// for every element of a page; tests that mean visible say `toBeVisible`.
configure({ defaultHidden: true });

// jsdom has no media queries. Pages are as wide as they can be in tests.
window.matchMedia = query =>
  ({
    matches: /min-width/.test(query),
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  } as unknown as MediaQueryList);

// The components bring their style sheets along. jsdom lays nothing out, but
// matches every rule against every element whenever a style is asked for.
beforeEach(() => {
  document.head.querySelectorAll('style').forEach(style => style.remove());
});
