import type { Kernel, KernelMessage } from '@jupyterlab/services';

export interface RunResult {
  readonly reply: KernelMessage.IExecuteReplyMsg;
  readonly published: readonly KernelMessage.IIOPubMessage[];
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs code as Lab runs a cell, and collects what it publishes. */
export async function runCode(
  kernel: Kernel.IKernelConnection,
  code: string,
  onPublished: (message: KernelMessage.IIOPubMessage) => void = () => {},
): Promise<RunResult> {
  const published: KernelMessage.IIOPubMessage[] = [];
  const future = kernel.requestExecute({ code });
  future.onIOPub = (message) => {
    published.push(message);
    onPublished(message);
  };
  const reply = await future.done;
  return {
    reply,
    published,
    stdout: streamText(published, 'stdout'),
    stderr: streamText(published, 'stderr'),
  };
}

function streamText(
  published: readonly KernelMessage.IIOPubMessage[],
  name: 'stdout' | 'stderr',
): string {
  return published
    .map(({ header, content }) => {
      const stream = content as { name?: string; text?: string };
      return header.msg_type === 'stream' && stream.name === name ? (stream.text ?? '') : '';
    })
    .join('');
}

/** Resolves with the first value that a Lumino signal emits and `accepts` takes. */
export function nextSignal<Sender, Value>(
  signal: {
    connect(slot: (sender: Sender, value: Value) => void): boolean;
    disconnect(slot: (sender: Sender, value: Value) => void): boolean;
  },
  accepts: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve) => {
    const slot = (_sender: Sender, value: Value) => {
      if (!accepts(value)) return;
      signal.disconnect(slot);
      resolve(value);
    };
    signal.connect(slot);
  });
}
