import { createApp } from '@backstage/frontend-defaults';
import { guestSignIn } from './guestSignIn';

/** The portal: every installed plugin (`app.packages: all`), entered as guest. */
export const app = createApp({ features: [guestSignIn] });
