import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { openBytes, sealBytes } from '../aes-gcm.ts';
import { type Answer, type LoopbackServer, serveJson } from './loopback-server.ts';

/**
 * A protocol stand-in for AWS KMS, because the service itself cannot be had in a test: the documented
 * JSON 1.1 protocol, request members, answers and errors of the six actions that the adapter uses (AWS
 * KMS API Reference), with real AES-256-GCM below. It looks at the form of a signature and does not
 * verify it, knows no policies, throttles nothing, and rotates at once where AWS takes a while.
 */
export function startKmsStandIn(): Promise<LoopbackServer> {
  const keys = new Map<string, KmsKey>();
  return serveJson((request, body) => answerKms(keys, request, body));
}

interface KmsKey {
  readonly versions: Buffer[];
  isPendingDeletion: boolean;
}

type Body = Readonly<Record<string, unknown>>;
type Action = (keys: Map<string, KmsKey>, body: Body) => Body;

class KmsFault extends Error {
  readonly type: string;

  constructor(type: string) {
    super(type);
    this.type = type;
  }
}

const arnPrefix = 'arn:aws:kms:eu-central-1:111122223333:key/';
const accountPattern =
  /^AWS4-HMAC-SHA256 Credential=\S+\/eu-central-1\/kms\/aws4_request, ?SignedHeaders=\S+, ?Signature=[0-9a-f]{64}$/;

const actions: Readonly<Record<string, Action>> = {
  CreateKey: (keys) => {
    const arn = `${arnPrefix}${randomUUID()}`;
    keys.set(arn, { versions: [randomBytes(32)], isPendingDeletion: false });
    return { KeyMetadata: { Arn: arn, KeyId: arn.slice(arnPrefix.length), KeyState: 'Enabled' } };
  },
  GenerateDataKey: (keys, body) => {
    if (body.KeySpec !== 'AES_256') throw new KmsFault('ValidationException');
    const plaintext = randomBytes(32);
    const blob = seal(keys, { keyId: body.KeyId, plaintext, context: body.EncryptionContext });
    return { KeyId: body.KeyId, Plaintext: plaintext.toString('base64'), CiphertextBlob: blob };
  },
  Decrypt: (keys, body) => {
    const plaintext = open(keys, body, body.KeyId, body.EncryptionContext);
    return { KeyId: body.KeyId, Plaintext: plaintext.toString('base64') };
  },
  ReEncrypt: (keys, body) => {
    const plaintext = open(keys, body, body.SourceKeyId, body.SourceEncryptionContext);
    const context = body.DestinationEncryptionContext;
    const blob = seal(keys, { keyId: body.DestinationKeyId, plaintext, context });
    return { CiphertextBlob: blob, KeyId: body.DestinationKeyId, SourceKeyId: body.SourceKeyId };
  },
  RotateKeyOnDemand: (keys, body) => {
    usable(keys, body.KeyId).versions.push(randomBytes(32));
    return { KeyId: body.KeyId };
  },
  ScheduleKeyDeletion: (keys, body) => {
    const days = body.PendingWindowInDays;
    if (typeof days !== 'number' || days < 7 || days > 30)
      throw new KmsFault('ValidationException');
    usable(keys, body.KeyId).isPendingDeletion = true;
    return { KeyId: body.KeyId, KeyState: 'PendingDeletion', PendingWindowInDays: days };
  },
};

function answerKms(keys: Map<string, KmsKey>, request: IncomingMessage, body: Body): Answer {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  try {
    const target = String(request.headers['x-amz-target']);
    const action = actions[target.replace(/^TrentService\./, '')];
    if (request.method !== 'POST' || !target.startsWith('TrentService.') || action === undefined) {
      throw new KmsFault('UnknownOperationException');
    }
    if (!accountPattern.test(request.headers.authorization ?? '')) {
      throw new KmsFault('IncompleteSignature');
    }
    return { status: 200, headers, body: action(keys, body) };
  } catch (fault) {
    const type = fault instanceof KmsFault ? fault.type : 'KMSInternalException';
    const status = type === 'KMSInternalException' ? 500 : 400;
    return { status, headers, body: { __type: type, message: type } };
  }
}

function usable(keys: Map<string, KmsKey>, keyId: unknown): KmsKey {
  const key = keys.get(String(keyId));
  if (key === undefined) throw new KmsFault('NotFoundException');
  if (key.isPendingDeletion) throw new KmsFault('KMSInvalidStateException');
  return key;
}

interface Sealing {
  readonly keyId: unknown;
  readonly plaintext: Buffer;
  readonly context: unknown;
}

/** Key id, version, and what AES-GCM made: AWS's own form is not documented, only that it names the key. */
function seal(keys: Map<string, KmsKey>, { keyId, plaintext, context }: Sealing): string {
  const { versions } = usable(keys, keyId);
  const head = Buffer.concat([Buffer.from(String(keyId)), Buffer.from([versions.length])]);
  const sealed = sealBytes(versions.at(-1) as Buffer, plaintext, place(head, context));
  return Buffer.concat([head, sealed]).toString('base64');
}

function open(
  keys: Map<string, KmsKey>,
  { CiphertextBlob: encoded }: Body,
  keyId: unknown,
  context: unknown,
): Buffer {
  const blob = Buffer.from(String(encoded), 'base64');
  if (blob.length === 0) throw new KmsFault('ValidationException');
  const headBytes = arnPrefix.length + 36 + 1;
  const head = blob.subarray(0, headBytes);
  const named = head.subarray(0, -1).toString();
  if (!keys.has(named)) throw new KmsFault('InvalidCiphertextException');
  const { versions } = usable(keys, keyId);
  if (named !== keyId) throw new KmsFault('IncorrectKeyException');
  const version = versions[(head.at(-1) ?? 0) - 1];
  const plaintext = version && openBytes(version, blob.subarray(headBytes), place(head, context));
  if (plaintext === undefined) throw new KmsFault('InvalidCiphertextException');
  return plaintext;
}

function place(head: Buffer, context: unknown): Buffer {
  const pairs = Object.entries((context ?? {}) as Record<string, string>).sort();
  return Buffer.concat([head, Buffer.from(JSON.stringify(pairs))]);
}
