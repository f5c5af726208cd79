import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** Whoever asks is let in: the demonstration runs on the visitor's own machine. */
const anybody = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: () => undefined,
  authenticate: async () => ({ result: {} }),
});

/** Who else may look around beside the guest, each of whom may do less. */
const VISITORS = ['engineer', 'member'];

/** Further ways in beside the guest's. */
export const demonstrationSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demonstration-sign-in',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        for (const providerId of VISITORS) {
          const entityRef = config.getString(
            `auth.providers.${providerId}.userEntityRef`,
          );
          providers.registerProvider({
            providerId,
            factory: createProxyAuthProviderFactory({
              authenticator: anybody,
              signInResolver: (_, context) =>
                context.signInWithCatalogUser({ entityRef }),
            }),
          });
        }
      },
    });
  },
});
