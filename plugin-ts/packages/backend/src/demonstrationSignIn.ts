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

/** A second way in beside the guest's: as an engineer, who may do less. */
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
        const entityRef = config.getString(
          'auth.providers.engineer.userEntityRef',
        );
        providers.registerProvider({
          providerId: 'engineer',
          factory: createProxyAuthProviderFactory({
            authenticator: anybody,
            signInResolver: (_, context) =>
              context.signInWithCatalogUser({ entityRef }),
          }),
        });
      },
    });
  },
});
