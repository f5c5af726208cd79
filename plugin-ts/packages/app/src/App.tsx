import { createApp } from '@backstage/frontend-defaults';
import { demonstrationSignIn } from './demonstrationSignIn';

/** The portal: every installed plugin (`app.packages: all`), entered without asking. */
export const app = createApp({ features: [demonstrationSignIn] });
