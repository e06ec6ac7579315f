import type { KernelResized, ResizeKernelRequest, StartKernelRequest } from '@strongroom/contracts';
import type { ControlPlaneChannel } from '../channel/control-plane-channel.ts';
import { AgentError } from '../http/agent-error.ts';
import type { KernelExit, KernelHost } from './kernel-host.ts';

type KernelId = StartKernelRequest['kernelId'];

/** Asks the control plane over the agent channel. */
export class ChannelKernelHost implements KernelHost {
  readonly #channel: ControlPlaneChannel | undefined;
  readonly #exitListeners = new Map<KernelId, (exit: KernelExit) => void>();

  constructor(channel: ControlPlaneChannel | undefined) {
    this.#channel = channel;
    channel?.on('kernelExited', (event) => {
      const onExit = this.#exitListeners.get(event.kernelId);
      this.#exitListeners.delete(event.kernelId);
      onExit?.(event);
    });
  }

  async start(request: StartKernelRequest, onExit: (exit: KernelExit) => void): Promise<void> {
    const channel = this.#requireChannel();
    // Before asking: a kernel that ends at once is reported with or before the answer.
    this.#exitListeners.set(request.kernelId, onExit);
    try {
      await channel.request('startKernel', request);
    } catch (error) {
      this.#exitListeners.delete(request.kernelId);
      throw error;
    }
  }

  async resize(request: ResizeKernelRequest): Promise<KernelResized> {
    // The control plane is trusted: the shape of its answers is not checked again.
    return (await this.#requireChannel().request('resizeKernel', request)) as KernelResized;
  }

  async stop(kernelId: KernelId): Promise<void> {
    await this.#requireChannel().request('stopKernel', { kernelId });
  }

  async interrupt(kernelId: KernelId): Promise<void> {
    await this.#requireChannel().request('signalKernel', { kernelId, signal: 'SIGINT' });
  }

  #requireChannel(): ControlPlaneChannel {
    if (this.#channel !== undefined) return this.#channel;
    throw new AgentError('Unavailable', 'Kernels can only be started where a control plane runs');
  }
}
