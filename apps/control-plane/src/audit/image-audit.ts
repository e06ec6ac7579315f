import { type Actor, type AuditWriter, noActor } from './audit-writer.ts';

interface RecordedImage {
  readonly imageName: string;
  /** Null where it is no OCI image. */
  readonly digest: string | null;
}

/** What happens to the domain's images. */
export class ImageAudit {
  readonly #writer: AuditWriter;

  constructor(writer: AuditWriter) {
    this.#writer = writer;
  }

  /** Before any kernel of it starts: it was unpacked, or an operator named it. */
  added(image: RecordedImage, actor: Actor = noActor): Promise<void> {
    return this.#writer.write('image-added', actor, { ...image });
  }

  /** `code`: why it cannot be used. */
  failed(image: { readonly imageName: string; readonly code: string }): Promise<void> {
    return this.#writer.write('image-failed', noActor, { ...image }, 'warn');
  }

  /** Before the domain file changes. */
  removed(actor: Actor, imageName: string): Promise<void> {
    return this.#writer.write('image-removed', actor, { imageName });
  }
}
