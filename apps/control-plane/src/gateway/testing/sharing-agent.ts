import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

const shareSource = '/api/strongroom/share-source';
const check = { findings: [], findingCount: 0, isBlocked: false, sizeBytes: 1, cellCount: 1 };

/** An agent that gives this notebook to whoever shares; all else is another's. */
export function sharingAgent(notebook: Uint8Array, otherwise?: Server): Server {
  return agentThatShares((_asked, response) => {
    response.write(`${JSON.stringify({ check })}\n`);
    response.end(notebook);
  }, otherwise);
}

/** An agent that answers in its own way when it is asked for a notebook. */
export function agentThatShares(
  answer: (asked: unknown, response: ServerResponse) => void,
  otherwise?: Server,
): Server {
  return createServer((request, response) => {
    if (request.url !== shareSource) {
      otherwise?.emit('request', request, response);
      return;
    }
    void readJson(request).then((asked) => answer(asked, response));
  });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}
