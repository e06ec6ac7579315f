import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fakeOperations } from './fake-sage-maker-operations.ts';
import { type FakeDomainNames, FakeRefusal, FakeSageMakerState } from './fake-sage-maker-state.ts';

export interface FakeCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The region that the request was signed for. */
  readonly signedRegion: string | undefined;
  /** The access key that it was signed with. */
  readonly signedBy: string | undefined;
}

interface Fault {
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** `true`: it is carried out all the same, and only the answer says otherwise. */
  readonly isDone: boolean;
  times: number;
}

export const fakeNames: FakeDomainNames = {
  ...{ domainId: 'd-abcdefghijkl', domainName: 'research' },
  ...{ region: 'ap-northeast-2', accountId: '000000000000' },
};

/**
 * A FAKE of Amazon SageMaker: a small HTTP server with the AWS JSON 1.1 protocol (Smithy, "AWS JSON 1.1
 * protocol") that the real SDK client speaks to by an endpoint of its own. It knows the few operations that
 * the portal calls and none of SageMaker's quotas, times or policies; it has never been compared with AWS.
 */
export async function startFakeSageMaker(
  profileNames: readonly string[] = ['admin', 'alice', 'bob'],
  names: FakeDomainNames = fakeNames,
) {
  const state = new FakeSageMakerState(names, profileNames);
  const calls: FakeCall[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    void readJson(request).then((input) => {
      const operation = String(request.headers['x-amz-target']).replace('SageMaker.', '');
      const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/sagemaker\//.exec(
        request.headers.authorization ?? '',
      );
      calls.push({ operation, input, signedBy: scope?.[1], signedRegion: scope?.[2] });
      const { status, body } = answer(operation, input);
      response.writeHead(status, {
        ...{ 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'fake-request' },
      });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function answer(operation: string, input: FakeCall['input']) {
    const fault = faults.find((each) => each.operation === operation && each.times > 0);
    if (fault !== undefined) {
      fault.times -= 1;
      if (fault.isDone) fakeOperations[operation]?.(state, input);
      return { status: fault.status, body: { __type: fault.code, message: fault.message } };
    }
    try {
      const carryOut = fakeOperations[operation];
      if (carryOut === undefined) throw new FakeRefusal('UnknownOperationException', operation);
      return { status: 200, body: carryOut(state, input) };
    } catch (error) {
      if (!(error instanceof FakeRefusal)) throw error;
      return { status: error.status, body: { __type: error.code, message: error.message } };
    }
  }

  return {
    ...{ state, calls, endpoint: `http://127.0.0.1:${port}` },
    callsOf: (operation: string) => calls.filter((call) => call.operation === operation),
    /** The next so many calls of this operation are answered so. */
    fail(operation: string, fault: Partial<Omit<Fault, 'operation'>> & { readonly code: string }) {
      faults.push({ operation, message: 'fake', status: 400, isDone: false, times: 1, ...fault });
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readJson(request: IncomingMessage): Promise<FakeCall['input']> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : JSON.parse(text);
}
