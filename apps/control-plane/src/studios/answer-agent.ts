import type { AgentRequest, OfferedKernels } from '@strongroom/contracts';
import type { KernelApps } from './kernel-apps.ts';

/** What an agent asks of its own studio, and nothing else. @throws {AgentRequestError} */
export async function answerAgent(
  kernels: KernelApps,
  request: AgentRequest,
  { describeKernels }: { readonly describeKernels: () => Promise<OfferedKernels> },
): Promise<Readonly<Record<string, unknown>>> {
  switch (request.method) {
    case 'describeKernels':
      return { ...(await describeKernels()) };
    case 'startKernel':
      await kernels.start(request.params);
      break;
    case 'stopKernel':
      await kernels.stop(request.params.kernelId, 'Its kernel was shut down');
      break;
    case 'signalKernel':
      kernels.signal(request.params.kernelId, request.params.signal);
      break;
  }
  return {};
}
