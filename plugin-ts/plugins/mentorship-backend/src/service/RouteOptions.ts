import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { Audit } from './Audit';

/** What all routes share. */
export interface RouteOptions {
  /** Who asks: a user, or a service for itself. */
  caller: (request: Request) => Promise<BackstageCredentials>;
  audit: Audit;
}
