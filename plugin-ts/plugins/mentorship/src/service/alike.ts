import type { Finding } from 'backstage-plugin-mentorship-common';

/**
 * Findings whose outcomes say the same together, in the order of the first of
 * each: what one missing steward breaks is told once.
 */
export function alike(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const said = JSON.stringify(finding.outcome);
    const group = groups.get(said);
    if (group) {
      group.push(finding);
    } else {
      groups.set(said, [finding]);
    }
  }
  return [...groups.values()];
}
