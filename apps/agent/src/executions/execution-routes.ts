import { AgentError } from '../http/agent-error.ts';
import { readJsonObject, sendNoContent } from '../http/json.ts';
import type { Router } from '../http/router.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { ExecutionRecords } from './execution-records.ts';

/** The type of the message that a page is answered with, in the order of what the kernel publishes. */
const replayMessageType = 'strongroom_executions';

/**
 * `POST /api/strongroom/executions` with `kernel_id` and the `session_id` of the page's connection: it is
 * given, over that connection, what the kernel's cells have written that it cannot have seen. What the
 * connection brings after that message is not in it, and what came before is.
 */
export function registerExecutions(
  router: Router,
  { kernels, records }: { kernels: Kernels; records: ExecutionRecords },
): void {
  router.on('POST', '/api/strongroom/executions', async (exchange) => {
    const { kernel_id: kernelId, session_id: sessionId } = await readJsonObject(exchange.request);
    if (typeof kernelId !== 'string' || typeof sessionId !== 'string') {
      throw new AgentError('InvalidRequest', '"kernel_id" and "session_id" must be texts');
    }
    const kernel = kernels.require(kernelId);
    if (!kernel.isConnected(sessionId)) {
      throw new AgentError('Conflict', 'No page of that session is connected to the kernel');
    }
    const executions = records.replay(kernelId, sessionId);
    if (executions.length > 0) kernel.deliver(sessionId, replayMessageType, { executions });
    sendNoContent(exchange);
  });
}
