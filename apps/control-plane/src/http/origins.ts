import type { ProfileName } from '@strongroom/contracts';

export interface OriginsOptions {
  readonly consoleHostName: string;
  readonly studioHostSuffix: string;
  readonly viewerHostName: string;
  readonly port: number;
  readonly hasTls: boolean;
}

/** Every origin that this installation serves. Written as a browser writes them in `Origin`. */
export class Origins {
  readonly hasTls: boolean;
  readonly #consoleHostName: string;
  readonly #studioHostSuffix: string;
  readonly #viewerHostName: string;
  readonly #scheme: 'http' | 'https';
  /** `:8080`, or nothing where it is the scheme's own port (RFC 6454, section 6.1). */
  readonly #portSuffix: string;

  constructor(options: OriginsOptions) {
    this.hasTls = options.hasTls;
    this.#consoleHostName = options.consoleHostName;
    this.#studioHostSuffix = options.studioHostSuffix;
    this.#viewerHostName = options.viewerHostName;
    this.#scheme = options.hasTls ? 'https' : 'http';
    const isSchemesOwnPort = options.port === (options.hasTls ? 443 : 80);
    this.#portSuffix = isSchemesOwnPort ? '' : `:${options.port}`;
  }

  /** What the `Host` header says of the console. */
  get consoleHost(): string {
    return `${this.#consoleHostName}${this.#portSuffix}`;
  }

  get console(): string {
    return `${this.#scheme}://${this.consoleHost}`;
  }

  get viewerHost(): string {
    return `${this.#viewerHostName}${this.#portSuffix}`;
  }

  /** Of the frame that renders notebooks: no cookies, no API. */
  get viewer(): string {
    return `${this.#scheme}://${this.viewerHost}`;
  }

  studioHost(profileName: ProfileName): string {
    return `${profileName}.${this.studioHostEnd}`;
  }

  studio(profileName: ProfileName): string {
    return `${this.#scheme}://${this.studioHost(profileName)}`;
  }

  /** `ws://alice.studio.localhost:8080`, for `connect-src`. */
  studioWebSocket(profileName: ProfileName): string {
    return `${this.hasTls ? 'wss' : 'ws'}://${this.studioHost(profileName)}`;
  }

  /** What the `Host` header of every studio ends with, after `<profile>.`. */
  get studioHostEnd(): string {
    return `${this.#studioHostSuffix}${this.#portSuffix}`;
  }
}
