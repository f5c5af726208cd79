import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  mentorshipEvidenceExtensionPoint,
  type ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import { mentorshipModuleGitLab } from './module';

describe('the module for GitLab', () => {
  async function sources(modules: object) {
    const added: ReviewsSource[] = [];
    await startTestBackend({
      extensionPoints: [
        [
          mentorshipEvidenceExtensionPoint,
          {
            addEvidenceSource: () => {},
            addOperationsSource: () => {},
            addReviewsSource: source => added.push(source),
          },
        ],
      ],
      features: [
        mentorshipModuleGitLab,
        mockServices.rootConfig.factory({
          data: {
            integrations: {
              gitlab: [
                {
                  host: 'gitlab.example.com',
                  apiBaseUrl: 'https://gitlab.example.com/api/v4',
                  token: 'glpat-SECRET',
                },
              ],
            },
            mentorship: { modules },
          },
        }),
      ],
    });
    return added;
  }

  it('reads the projects of the hosts that the portal knows', async () => {
    const [source] = await sources({});
    expect(source).toMatchObject({ id: 'gitlab', title: 'GitLab' });
    const reads = (address: string) => source.reads(address);
    expect(reads('https://gitlab.example.com/money/in/pay.git')).toBe(true);
    expect(reads('https://gitlab.com/money/pay')).toBe(true);
    expect(reads('https://github.com/money/pay')).toBe(false);
  });

  it('does not start with a setting that nobody knows', async () => {
    await expect(sources({ gitlab: { dayz: 3 } })).rejects.toThrow(
      /mentorship\.modules\.gitlab.*dayz/,
    );
  });
});
