import type {
  AssessmentRow,
  MentorshipApi,
} from 'backstage-plugin-mentorship-common';

/** The largest question that is put together by a preset. */
const MOST = 50;

/**
 * Stewards whose rotation is overdue or due before the end of the quarter, the
 * longest due first, each once and at most fifty.
 */
export async function stewardsDueThisQuarter(
  api: Pick<MentorshipApi, 'getAssessments'>,
): Promise<string[]> {
  const stewards = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await api.getAssessments({
      rotationState: ['overdue', 'window'],
      order: { field: 'rotationDue', direction: 'asc' },
      limit: 100,
      cursor,
    });
    for (const row of page.items) {
      if (!isDueThisQuarter(row) || stewards.size === MOST) {
        return [...stewards];
      }
      if (row.steward) {
        stewards.add(row.steward);
      }
    }
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return [...stewards];
}

function isDueThisQuarter({ asOf, rotationDue }: AssessmentRow): boolean {
  return rotationDue !== null && rotationDue <= endOfQuarter(asOf);
}

const ENDS = ['03-31', '06-30', '09-30', '12-31'];

/** The last day of the quarter that a day lies in; ISO days compare as text. */
function endOfQuarter(day: string): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${ENDS[Math.ceil(month / 3) - 1]}`;
}
