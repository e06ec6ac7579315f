import type { OfferedKernel, OfferedKernels as OfferedKernelsAnswer } from '@strongroom/contracts';
import type { ChannelResult, ControlPlaneChannel } from '../channel/control-plane-channel.ts';
import type { KernelSpec } from './kernel-spec.ts';

export interface Offer {
  readonly defaultName: string | undefined;
  readonly specs: ReadonlyMap<string, KernelSpec>;
}

/** The kernels of every image that the person may use, as the control plane tells them. */
export class OfferedKernels {
  readonly #channel: Pick<ControlPlaneChannel, 'request'> | undefined;
  #offer: Promise<Offer | undefined> | undefined;

  constructor(channel: Pick<ControlPlaneChannel, 'request' | 'on'> | undefined) {
    this.#channel = channel;
    channel?.on('kernelsChanged', () => {
      this.#offer = undefined;
    });
  }

  /** `undefined` where no control plane tells: then there are the kernels of this root alone. */
  async read(): Promise<Offer | undefined> {
    const asked = this.#offer ?? this.#ask();
    this.#offer = asked;
    const offer = await asked;
    // A failure is not kept: the next question asks again.
    if (offer === undefined && this.#offer === asked) this.#offer = undefined;
    return offer;
  }

  async #ask(): Promise<Offer | undefined> {
    try {
      return await this.#channel?.request('describeKernels', {}).then(toOffer);
    } catch {
      return undefined;
    }
  }
}

function toOffer(result: ChannelResult): Offer | undefined {
  const { defaultName, kernels } = result as Partial<OfferedKernelsAnswer>;
  if (!Array.isArray(kernels)) return undefined;
  const specs = kernels.map((kernel) => [kernel.name, toSpec(kernel)] as const);
  return { defaultName: defaultName ?? undefined, specs: new Map(specs) };
}

function toSpec(kernel: OfferedKernel): KernelSpec {
  return { ...kernel, argv: [...kernel.argv] };
}
