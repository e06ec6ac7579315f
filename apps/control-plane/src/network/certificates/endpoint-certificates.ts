import type { Clock } from '../../clock.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { DomainCa, IssuedCertificate } from './domain-ca.ts';

type Names<Service extends string> = Readonly<Record<Service, readonly string[]>>;

export interface EndpointCertificatesOptions<Service extends string> {
  readonly ca: DomainCa;
  readonly names: Names<Service>;
  readonly clock: Clock;
  readonly log: StudioLog;
}

const lookMilliseconds = 60 * 60 * 1000;
/** A certificate is renewed when it lasts no longer than this. */
const renewBeforeMilliseconds = 10 * 24 * 60 * 60 * 1000;

/** One certificate for each endpoint, renewed in time. Their keys are in memory alone. */
export class EndpointCertificates<Service extends string> {
  readonly #options: EndpointCertificatesOptions<Service>;
  #issued: ReadonlyMap<Service, IssuedCertificate> = new Map();
  readonly #timer: NodeJS.Timeout;

  private constructor(options: EndpointCertificatesOptions<Service>) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#renewInTime(), lookMilliseconds).unref();
  }

  static async open<Service extends string>(
    options: EndpointCertificatesOptions<Service>,
  ): Promise<EndpointCertificates<Service>> {
    const certificates = new EndpointCertificates(options);
    await certificates.renew();
    return certificates;
  }

  of(service: Service): IssuedCertificate {
    const issued = this.#issued.get(service);
    if (issued === undefined) throw new Error(`Cannot find a certificate of "${service}"`);
    return issued;
  }

  async renew(): Promise<void> {
    const { ca, names } = this.#options;
    const entries = Object.entries(names) as [Service, readonly string[]][];
    this.#issued = new Map(
      await Promise.all(
        entries.map(async ([service, each]) => [service, await ca.issue(each)] as const),
      ),
    );
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #renewInTime(): Promise<void> {
    const soon = this.#options.clock().getTime() + renewBeforeMilliseconds;
    if ([...this.#issued.values()].every(({ expiresAt }) => expiresAt.getTime() > soon)) return;
    await this.renew().catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'Cannot renew the certificates of the endpoints');
    });
  }
}
