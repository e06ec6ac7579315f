import type { IOutput } from '@jupyterlab/nbformat';
import type { JSONObject } from '@lumino/coreutils';

/** What the agent tells of a cell that another page, or an earlier one, has run. */
export interface ExecutionReplay {
  readonly cellId: string;
  readonly messageId: string;
  readonly executionCount: number | null;
  readonly isRunning: boolean;
  readonly outputs: readonly { readonly output: IOutput; readonly displayId: string | null }[];
}

/** The agent's message type; what the connection brings after it is not in it. */
export const replayMessageType = 'strongroom_executions';

/** From the message's content: the agent is inside the sandbox, so nothing of it is believed unseen. */
export function parseReplays(content: unknown): ExecutionReplay[] {
  const { executions } = isObject(content) ? content : {};
  return Array.isArray(executions) ? executions.flatMap(parseReplay) : [];
}

function parseReplay(value: unknown): ExecutionReplay[] {
  if (!isObject(value)) return [];
  const { cell_id: cellId, message_id: messageId, execution_count: count, outputs } = value;
  if (typeof cellId !== 'string' || typeof messageId !== 'string' || !Array.isArray(outputs)) {
    return [];
  }
  return [
    {
      ...{ cellId, messageId },
      executionCount: typeof count === 'number' ? count : null,
      isRunning: value.is_running === true,
      outputs: outputs.flatMap(parseOutput),
    },
  ];
}

function parseOutput(value: unknown): ExecutionReplay['outputs'][number][] {
  if (!isObject(value) || !isObject(value.output)) return [];
  const { output, displayId } = value;
  if (typeof output.output_type !== 'string') return [];
  return [
    {
      output: output as IOutput,
      displayId: typeof displayId === 'string' ? displayId : null,
    },
  ];
}

function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
