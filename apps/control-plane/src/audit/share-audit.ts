import type { ProfileName, ShareAudience } from '@strongroom/contracts';
import type { Actor, AuditWriter } from './audit-writer.ts';

/** What every event about a share says of it; no title, which may say what is in it. */
interface RecordedShare {
  readonly shareId: string;
  readonly owner: ProfileName;
}

const minuteMilliseconds = 60_000;

/** What happens to shared notebooks; awaited before it is answered. */
export class ShareAudit {
  readonly #writer: AuditWriter;

  constructor(writer: AuditWriter) {
    this.#writer = writer;
  }

  /** Before it is stored. */
  created(
    actor: Actor,
    share: RecordedShare,
    fields: { audience: ShareAudience; expiresAt: Date; sizeBytes: number; findingCount: number },
  ): Promise<void> {
    return this.#write('share-created', actor, share, fields);
  }

  versionAdded(
    actor: Actor,
    share: RecordedShare,
    fields: { version: number; sizeBytes: number; findingCount: number },
  ): Promise<void> {
    return this.#write('share-version-added', actor, share, fields);
  }

  /** A notebook was not shared, for what was found in it. `rules`: what, and never the thing itself. */
  blocked(
    actor: Actor,
    fields: { rules: readonly string[]; findingCount: number; where: 'studio' | 'platform' },
  ): Promise<void> {
    return this.#writer.write('share-blocked', actor, fields, 'warn');
  }

  viewed(actor: Actor, share: RecordedShare, version: number): Promise<void> {
    return this.#write('share-viewed', actor, share, { version });
  }

  copied(actor: Actor, share: RecordedShare, version: number): Promise<void> {
    return this.#write('share-copied', actor, share, { version });
  }

  /** `by`: the rule. Whoever tries on and on is counted. */
  refused(
    actor: Actor,
    share: RecordedShare | undefined,
    { action, rule }: { action: string; rule: string },
  ): Promise<void> {
    const { shareId = '-', owner = '-' } = share ?? {};
    return this.#writer.repeat(
      {
        key: `${actor.profileName} ${shareId} ${action} ${rule}`,
        windowMilliseconds: minuteMilliseconds,
      },
      {
        ...{ event: 'share-refused', actor, level: 'warn' },
        fields: { target: owner, shareId, action, rule },
      },
    );
  }

  revoked(actor: Actor, share: RecordedShare): Promise<void> {
    return this.#write('share-revoked', actor, share, {});
  }

  /** Nobody did it: its owner's profile was disabled or removed. */
  ended(actor: Actor, share: RecordedShare, why: 'owner-disabled' | 'owner-removed'): void {
    this.#writer.note('share-revoked', actor, { target: share.owner, shareId: share.shareId, why });
  }

  extended(actor: Actor, share: RecordedShare, expiresAt: Date): Promise<void> {
    return this.#write('share-extended', actor, share, { expiresAt });
  }

  commented(actor: Actor, share: RecordedShare, commentId: string): Promise<void> {
    return this.#write('share-commented', actor, share, { commentId });
  }

  commentChanged(
    actor: Actor,
    share: RecordedShare,
    fields: { commentId: string; change: 'resolved' | 'reopened' | 'deleted' },
  ): Promise<void> {
    return this.#write('share-comment-changed', actor, share, fields);
  }

  #write(
    event: Parameters<AuditWriter['write']>[0],
    actor: Actor,
    { shareId, owner }: RecordedShare,
    fields: object,
  ): Promise<void> {
    return this.#writer.write(event, actor, { target: owner, shareId, ...fields });
  }
}
