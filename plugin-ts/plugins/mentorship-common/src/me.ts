import type { Apprentice, Level, Role, RotationState } from './wire';

/**
 * A service in which somebody has a role.
 *
 * @public
 */
export interface MyService {
  /** The role. */
  role: Exclude<Role, 'apprentice'>;
  /** The service. */
  entityRef: string;
  /** The title, else the name. */
  title: string;
  /** The level. */
  level: Level;
  /** The state of the steward's rotation. */
  rotationState: RotationState;
  /** When the rotation is due, `YYYY-MM-DD`; `null` where that is not known. */
  rotationDue: string | null;
}

/**
 * A service that somebody learns.
 *
 * @public
 */
export interface MyApprenticeship {
  /** The service. */
  entityRef: string;
  /** The title, else the name. */
  title: string;
  /** How far the apprenticeship is. */
  apprentice: Apprentice;
}

/**
 * What is kept of somebody.
 *
 * @public
 */
export interface HeldRecords {
  /** Services whose assessment names them in a role or as an apprentice. */
  assessments: number;
  /** Whether weekly snapshots name them as a steward or an owner. */
  inSnapshots: boolean;
  /**
   * Sources whose evidence is kept as it came, such as the authors of a git
   * history, and so may name them.
   */
  sources: Array<{ id: string; title: string }>;
}

/**
 * What concerns the caller alone.
 *
 * @public
 */
export interface Me {
  /** The caller's User entity. */
  entityRef: string;
  /** The day that the results are of, `YYYY-MM-DD`. */
  asOf: string;
  /** Services of which the caller is the steward, the rotation due first leading. */
  stewardships: MyService[];
  /** Services in which the caller has another role, in the same order. */
  otherRoles: MyService[];
  /** Services that the caller learns or has learnt, in the order of refs. */
  apprenticeships: MyApprenticeship[];
  /** What is held about the caller. */
  held: HeldRecords;
}
