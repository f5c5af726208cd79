import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiUserHeartLine } from '@remixicon/react';

/** @public */
export const mentorshipPlugin = createFrontendPlugin({
  pluginId: 'mentorship',
  title: 'Mentorship',
  icon: <RiUserHeartLine />,
  info: { packageJson: () => import('../package.json') },
});
