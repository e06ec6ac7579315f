import { goodAccess } from './good-access.ts';
import { goodNetwork } from './good-network.ts';
import { goodStorage } from './good-storage.ts';
import { goodStudio } from './good-studio.ts';

export interface WrittenTemplate {
  readonly Parameters?: Record<string, unknown>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources: Record<string, WrittenResource>;
}

interface WrittenResource {
  Type: string;
  Properties: Record<string, unknown>;
  Condition?: string;
  DeletionPolicy?: string;
}

/** A small domain in which everything that the questions ask about is in order. Each call makes a new one. */
export function goodTemplate(): WrittenTemplate {
  // Parts of it are shared constants, which an edit must not change for the next.
  return structuredClone({
    Parameters: { Anything: { Type: 'String' } },
    Resources: {
      ...goodNetwork(),
      ...goodStorage(),
      ...goodStudio(),
      ...goodAccess(),
    } as Record<string, WrittenResource>,
  });
}
