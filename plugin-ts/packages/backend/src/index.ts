import { createBackend } from '@backstage/backend-defaults';
import { demonstrationPolicy } from './demonstrationPolicy';
import { demonstrationSignIn } from './demonstrationSignIn';

const backend = createBackend();
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(demonstrationSignIn);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(demonstrationPolicy);
backend.add(import('backstage-plugin-catalog-backend-module-mentorship'));
backend.add(import('backstage-plugin-mentorship-backend'));
backend.add(import('backstage-plugin-mentorship-backend-module-pagerduty'));
backend.start();
