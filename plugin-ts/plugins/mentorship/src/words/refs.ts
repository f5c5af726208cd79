import { parseEntityRef } from '@backstage/catalog-model';

/** Whether a text is the ref of an entity. */
export function isEntityRef(text: string): boolean {
  try {
    parseEntityRef(text);
    return true;
  } catch {
    return false;
  }
}

/** The name in a ref; what is none is called as it is written. */
export function nameInRef(entityRef: string): string {
  return isEntityRef(entityRef) ? parseEntityRef(entityRef).name : entityRef;
}
