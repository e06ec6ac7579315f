import { join } from 'node:path';
import { StrongroomError } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import { SerialQueue } from '../../serial-queue.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import { AuthorityFiles } from './authority-files.ts';
import { type CertificateAuthority, createAuthority } from './certificate-authority.ts';
import { EndpointCertificate } from './endpoint-certificate.ts';
import { hostBundlePath, TrustBundle } from './trust-bundle.ts';

export interface DomainCertificatesOptions {
  readonly dataFolder: string;
  readonly domainName: string;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** How many studios that run now were started at a moment or before: they may know the old authority only. */
  readonly countStudiosStartedUntil: (moment: Date) => Promise<number>;
  readonly hostBundlePath?: string;
}

export interface CaRotation {
  /** SHA-256 of the new certificate, as `openssl x509 -fingerprint` prints it. */
  readonly fingerprint: string;
  readonly expiresAt: Date;
  /** `undefined`: the old authority is trusted no longer. */
  readonly previousTrustedUntil: Date | undefined;
}

/**
 * What the endpoints' names end in, and the name of the outer endpoint; the authority can vouch for
 * nothing else.
 */
const endpointNameSuffixes = ['amazonaws.com', 'strongroom.internal', 'localhost'] as const;

const [second, hour, day] = [1000, 3_600_000, 86_400_000];
const maintenanceMilliseconds = 60 * second;
const overlapMilliseconds = 24 * hour;
/** A rotation comes by itself this long before the authority expires. */
const rotateBeforeMilliseconds = 60 * day;

interface Overlap {
  readonly next: CertificateAuthority;
  readonly startedAt: Date;
}

/**
 * The domain's authority, the certificates of its endpoints, and the bundle that studios trust.
 *
 * A rotation makes studios trust the new authority first, and the endpoints use it once nobody can
 * be left who does not: a studio that runs keeps working. All studios end with the control plane, so
 * that the overlap is held in memory alone.
 */
export class DomainCertificates {
  readonly #options: DomainCertificatesOptions;
  readonly #files: AuthorityFiles;
  readonly #bundle: TrustBundle;
  readonly #endpoints: EndpointCertificate[] = [];
  readonly #queue = new SerialQueue();
  #authority: CertificateAuthority;
  #overlap: Overlap | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    options: DomainCertificatesOptions,
    files: AuthorityFiles,
    authority: CertificateAuthority,
  ) {
    this.#options = options;
    this.#files = files;
    this.#authority = authority;
    this.#bundle = new TrustBundle({
      folder: join(options.dataFolder, 'run', 'trust'),
      hostPath: options.hostBundlePath ?? hostBundlePath,
    });
  }

  /** @throws {StartError} `KeyFileUnusable` */
  static async open(options: DomainCertificatesOptions): Promise<DomainCertificates> {
    const files = new AuthorityFiles(options.dataFolder);
    let authority = await files.read();
    if (authority === undefined || isDue(authority, options.clock())) {
      authority = newAuthority(options);
      await files.write(authority);
      const { fingerprint256 } = authority.certificate;
      options.log.info({ fingerprint: fingerprint256 }, 'Made the certificate authority');
    }
    const certificates = new DomainCertificates(options, files, authority);
    await certificates.maintain();
    certificates.#timer = setInterval(() => {
      certificates
        .maintain()
        .catch((error: unknown) => options.log.error({ err: error }, 'Cannot renew certificates'));
    }, maintenanceMilliseconds).unref();
    return certificates;
  }

  /** To be mounted, whole and read-only, into every sandbox; holds `ca-certificates.crt`. */
  get trustFolder(): string {
    return this.#bundle.folder;
  }

  /** Of whoever an endpoint's certificate may come from, now or soon. */
  get authoritiesPem(): string {
    const next = this.#overlap?.next;
    return [this.#authority, ...(next === undefined ? [] : [next])]
      .map(({ certificatePem }) => certificatePem)
      .join('');
  }

  /** `hostNames` may begin with `*.`, which stands for one label (RFC 6125, section 6.4.3). */
  forEndpoint(hostNames: readonly string[]): EndpointCertificate {
    const certificate = new EndpointCertificate(hostNames, this.#authority, this.#options.clock());
    this.#endpoints.push(certificate);
    return certificate;
  }

  /**
   * @param immediately for a key that others may know: the old authority is trusted no longer, and
   *   programs that run fail until they read the bundle again
   * @throws {StrongroomError} `InvalidRequest` while an earlier rotation is not over
   */
  rotate({ immediately }: { readonly immediately: boolean }): Promise<CaRotation> {
    return this.#queue.run(async () => {
      if (this.#overlap !== undefined && !immediately) {
        const until = untilOf(this.#overlap).toISOString();
        throw new StrongroomError(
          'InvalidRequest',
          `Cannot rotate the certificate authority: an earlier rotation is not over before ${until}`,
        );
      }
      const next = newAuthority(this.#options);
      await this.#files.write(next);
      this.#overlap = { next, startedAt: this.#options.clock() };
      if (immediately) this.#endOverlap(next);
      await this.#refreshBundle();
      // A studio that started meanwhile may have seen the bundle of before.
      if (this.#overlap !== undefined) this.#overlap = { next, startedAt: this.#options.clock() };
      return {
        fingerprint: next.certificate.fingerprint256,
        expiresAt: new Date(next.certificate.validTo),
        previousTrustedUntil: this.#overlap === undefined ? undefined : untilOf(this.#overlap),
      };
    });
  }

  /** Everything that time brings about: renewals, the end of an overlap, a new bundle of the host. */
  async maintain(): Promise<void> {
    await this.#queue.run(async () => {
      const now = this.#options.clock();
      if (this.#overlap !== undefined && (await this.#isOver(this.#overlap, now))) {
        this.#endOverlap(this.#overlap.next);
      }
      for (const endpoint of this.#endpoints) endpoint.renewWhenDue(this.#authority, now);
      await this.#refreshBundle();
    });
    if (this.#overlap === undefined && isDue(this.#authority, this.#options.clock())) {
      await this.rotate({ immediately: false });
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #isOver(overlap: Overlap, now: Date): Promise<boolean> {
    if (now >= untilOf(overlap)) return true;
    return (await this.#options.countStudiosStartedUntil(overlap.startedAt)) === 0;
  }

  #endOverlap(next: CertificateAuthority): void {
    this.#authority = next;
    this.#overlap = undefined;
    for (const endpoint of this.#endpoints) endpoint.renew(next, this.#options.clock());
  }

  async #refreshBundle(): Promise<void> {
    const next = this.#overlap === undefined ? [] : [this.#overlap.next];
    const trusted = [this.#authority, ...next].map(({ certificatePem }) => certificatePem);
    const { changed } = await this.#bundle.refresh(trusted);
    if (changed) this.#options.log.info({ ownCount: trusted.length }, 'Wrote the trust bundle');
  }
}

function newAuthority({ domainName, clock }: DomainCertificatesOptions): CertificateAuthority {
  return createAuthority({ domainName, suffixes: endpointNameSuffixes, now: clock() });
}

function isDue({ certificate }: CertificateAuthority, now: Date): boolean {
  return Date.parse(certificate.validTo) - now.getTime() < rotateBeforeMilliseconds;
}

function untilOf(overlap: Overlap): Date {
  return new Date(overlap.startedAt.getTime() + overlapMilliseconds);
}
