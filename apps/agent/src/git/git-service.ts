import { gitOperations as contract, type GitOperationName } from '@strongroom/contracts';
import { AgentError } from '../http/agent-error.ts';
import { readJsonObject, sendJson } from '../http/json.ts';
import type { Exchange } from '../http/router.ts';
import { explainSystemError } from '../http/system-error.ts';
import { type GitOperations, gitOperations } from './git-operations.ts';
import type { GitRoutesOptions } from './git-routes.ts';

/** A resolved notebook comes whole. */
const maximumRequestBytes = 128 * 1024 * 1024;

/** Answers the operations: requests are checked here, refusals explained. */
export class GitService {
  readonly #operations: GitOperations;

  constructor(options: GitRoutesOptions) {
    this.#operations = gitOperations(options);
  }

  async answer(exchange: Exchange): Promise<void> {
    const name = exchange.parameters.operation ?? '';
    if (!isOperation(name)) throw new AgentError('NotFound', `There is no Git operation "${name}"`);
    const body = await readJsonObject(exchange.request, { maximumBytes: maximumRequestBytes });
    const request = contract[name].request.safeParse(body);
    if (!request.success) {
      const [issue] = request.error.issues;
      throw new AgentError(
        'InvalidRequest',
        `Cannot do "${name}": ${issue?.path.join('.') || 'the request'}: ${issue?.message}`,
      );
    }
    const gone = new AbortController();
    const onClose = () => gone.abort();
    exchange.response.once('close', onClose);
    try {
      // The schema that has just been passed is that of the handler.
      const handler = this.#operations.handlers[name] as Handler;
      const answer = await handler(request.data as never, gone.signal);
      await sendJson(exchange, 200, answer);
    } catch (error) {
      // Whoever asked is gone, and with them who could read an answer.
      if (gone.signal.aborted) return;
      throw explainSystemError(error, 'the repository');
    } finally {
      exchange.response.off('close', onClose);
    }
  }

  async close(): Promise<void> {
    await this.#operations.close();
  }
}

type Handler = (request: never, signal: AbortSignal) => Promise<unknown>;

function isOperation(name: string): name is GitOperationName {
  return Object.hasOwn(contract, name);
}
