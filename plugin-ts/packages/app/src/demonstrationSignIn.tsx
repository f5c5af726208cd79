import { ProxiedSignInPage } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

/** Who may look around; the names are those of the providers in `app-config.yaml`. */
const VISITORS = ['guest', 'engineer', 'member'] as const;

type Visitor = (typeof VISITORS)[number];

/** Where a window keeps who looks around in it. */
const KEY = 'demonstration.as';

/**
 * Signs the visitor in without asking, for this portal is a demonstration: as the
 * guest, who may do everything, or, where an address ends with `?as=engineer`, as an
 * engineer, who sees no names, or with `?as=member`, as the member of a team, who sees
 * the assessments of what is theirs. A window remembers it until it is closed.
 */
export const demonstrationSignIn = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: {
        loader: async () => props =>
          <ProxiedSignInPage {...props} provider={visitor()} />,
      },
    }),
  ],
});

function visitor(): Visitor {
  const wanted = new URLSearchParams(window.location.search).get('as');
  if (wanted !== null) {
    sessionStorage.setItem(KEY, wanted);
  }
  const known = sessionStorage.getItem(KEY);
  return VISITORS.find(name => name === known) ?? VISITORS[0];
}
