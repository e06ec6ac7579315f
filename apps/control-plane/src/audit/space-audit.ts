import type { ProfileName } from '@strongroom/contracts';
import { type Actor, type AuditWriter, noActor } from './audit-writer.ts';

interface RecordedSpace {
  readonly target: ProfileName;
  readonly spaceName: string;
}

/** What people do with spaces of a SageMaker domain; each is written before SageMaker is asked. */
export class SpaceAudit {
  readonly #writer: AuditWriter;

  constructor(writer: AuditWriter) {
    this.#writer = writer;
  }

  created(actor: Actor, space: RecordedSpace & { readonly instanceType: string }): Promise<void> {
    return this.#writer.write('space-created', actor, { ...space });
  }

  changed(actor: Actor, space: RecordedSpace & { readonly instanceType: string }): Promise<void> {
    return this.#writer.write('space-changed', actor, { ...space });
  }

  deleted(actor: Actor, space: RecordedSpace): Promise<void> {
    return this.#writer.write('space-deleted', actor, { ...space });
  }

  /** Its app starts: it costs from here on. */
  started(space: RecordedSpace & { readonly instanceType: string }): Promise<void> {
    return this.#writer.write(
      'space-started',
      { ...noActor, profileName: space.target },
      { ...space },
    );
  }

  /** Before the address is made. It is a bearer token: the trail does not hold it. */
  presigned(
    profileName: ProfileName,
    { spaceName, seconds }: { readonly spaceName: string | undefined; readonly seconds: number },
  ): Promise<void> {
    const fields = { target: profileName, spaceName: spaceName ?? null, expiresInSeconds: seconds };
    return this.#writer.write('studio-presigned', { ...noActor, profileName }, fields);
  }

  /** A person was disabled or removed. */
  stopped(profileName: ProfileName): Promise<void> {
    return this.#writer.write('spaces-stopped', noActor, { target: profileName });
  }
}
