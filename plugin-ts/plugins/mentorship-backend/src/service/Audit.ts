import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';

/** Notes who did or read what is to be noted, and how it went. */
export class Audit {
  constructor(private readonly auditor: AuditorService) {}

  async of<T>(
    request: Request,
    event: Pick<AuditorServiceCreateEventOptions, 'eventId' | 'meta'>,
    work: () => Promise<T>,
  ): Promise<T> {
    const noted = await this.auditor.createEvent({
      ...event,
      severityLevel: 'medium',
      request,
    });
    try {
      const result = await work();
      await noted.success();
      return result;
    } catch (error) {
      await noted.fail({ error: error as Error });
      throw error;
    }
  }
}
