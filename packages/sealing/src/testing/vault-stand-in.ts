import { hkdfSync, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { openBytes, sealBytes } from '../aes-gcm.ts';
import { type Answer, type LoopbackServer, serveJson } from './loopback-server.ts';

export const vaultToken = 'hvs.a-token-that-must-not-be-seen';

export interface VaultStandIn extends LoopbackServer {
  /** As after `vault operator seal`. */
  setSealed(isSealed: boolean): void;
}

/**
 * A protocol stand-in for the transit engine of HashiCorp Vault, because the service itself cannot be had
 * in a test: the documented paths, parameters, answers and errors that the adapter uses (Vault, API
 * documentation, "Transit secrets engine"), for derived `aes256-gcm96` keys, with real HKDF-SHA256 and
 * AES-256-GCM below. It knows one token, no policies, no namespaces and no other type of key.
 */
export async function startVaultStandIn(): Promise<VaultStandIn> {
  const keys = new Map<string, VaultKey>();
  let isSealed = false;
  const server = await serveJson((request, body) => {
    if (isSealed) return { status: 503, body: { errors: ['Vault is sealed'] } };
    return answerVault(keys, request, body);
  });
  return {
    ...server,
    setSealed: (value) => {
      isSealed = value;
    },
  };
}

interface VaultKey {
  readonly versions: Buffer[];
  isDeletionAllowed: boolean;
}

type Body = Readonly<Record<string, unknown>>;

class VaultFault extends Error {
  readonly status: number;

  constructor(status: number, message?: string) {
    super(message);
    this.status = status;
  }
}

function answerVault(keys: Map<string, VaultKey>, request: IncomingMessage, body: Body): Answer {
  try {
    if (request.headers['x-vault-token'] !== vaultToken) {
      throw new VaultFault(403, 'permission denied');
    }
    const [, version, mount, ...path] = (request.url ?? '').split('/').map(decodeURIComponent);
    if (version !== 'v1' || mount !== 'transit') throw new VaultFault(404, 'no handler for route');
    const data = route(keys, `${request.method} ${path.slice(0, -1).join('/')}`, path, body);
    return data === undefined ? { status: 204 } : { status: 200, body: { data } };
  } catch (fault) {
    if (!(fault instanceof VaultFault)) return { status: 500, body: { errors: [String(fault)] } };
    return { status: fault.status, body: { errors: fault.message === '' ? [] : [fault.message] } };
  }
}

function route(keys: Map<string, VaultKey>, place: string, path: string[], body: Body) {
  const last = path.at(-1) ?? '';
  if (place === 'POST keys') return createKey(keys, last, body);
  if (place === 'GET keys') return describeKey(keys, last);
  if (place === 'DELETE keys') return deleteKey(keys, last);
  if (place === 'POST datakey/plaintext') return makeDataKey(keys, last, body);
  if (place === 'POST decrypt') {
    return { plaintext: open(find(keys, last, 'encryption key not found'), body) };
  }
  if (place === 'POST rewrap') {
    const key = find(keys, last, 'encryption key not found');
    return { ciphertext: seal(key, open(key, body), body), key_version: key.versions.length };
  }
  const name = path[1] ?? '';
  if (place === `POST keys/${name}` && last === 'rotate') {
    find(keys, name, 'key not found').versions.push(randomBytes(32));
    return undefined;
  }
  if (place === `POST keys/${name}` && last === 'config') {
    const key = find(keys, name, `no existing key named ${name} could be found`);
    key.isDeletionAllowed = body.deletion_allowed === true;
    return undefined;
  }
  throw new VaultFault(404, 'unsupported path');
}

function createKey(keys: Map<string, VaultKey>, name: string, body: Body): undefined {
  if (body.type !== 'aes256-gcm96' || body.derived !== true) {
    throw new VaultFault(400, 'the stand-in has derived aes256-gcm96 keys only');
  }
  if (!keys.has(name)) keys.set(name, { versions: [randomBytes(32)], isDeletionAllowed: false });
}

function describeKey(keys: Map<string, VaultKey>, name: string) {
  const key = keys.get(name);
  if (key === undefined) throw new VaultFault(404);
  return { name, type: 'aes256-gcm96', derived: true, latest_version: key.versions.length };
}

function deleteKey(keys: Map<string, VaultKey>, name: string): undefined {
  const key = find(keys, name, `could not delete key; not found`);
  if (!key.isDeletionAllowed) throw new VaultFault(400, 'deletion is not allowed for this key');
  keys.delete(name);
}

function makeDataKey(keys: Map<string, VaultKey>, name: string, body: Body) {
  const key = find(keys, name, 'encryption key not found');
  if (body.bits !== undefined && body.bits !== 256) throw new VaultFault(400, 'invalid bit length');
  const plaintext = randomBytes(32).toString('base64');
  return { plaintext, ciphertext: seal(key, plaintext, body), key_version: key.versions.length };
}

function find(keys: Map<string, VaultKey>, name: string, refusal: string): VaultKey {
  const key = keys.get(name);
  if (key === undefined) throw new VaultFault(400, refusal);
  return key;
}

function seal(key: VaultKey, plaintext: string, body: Body): string {
  const version = key.versions.length;
  const derived = derive(key.versions[version - 1] as Buffer, body);
  const sealed = sealBytes(derived, Buffer.from(plaintext, 'base64'), Buffer.alloc(0));
  return `vault:v${version}:${sealed.toString('base64')}`;
}

function open(key: VaultKey, body: Body): string {
  const ciphertext = String(body.ciphertext);
  if (ciphertext === '') throw new VaultFault(400, 'missing ciphertext to decrypt');
  const [, version, encoded] = /^vault:v(\d+):(.*)$/s.exec(ciphertext) ?? [];
  if (encoded === undefined) throw new VaultFault(400, 'invalid ciphertext: no prefix');
  const material = key.versions[Number(version) - 1];
  if (material === undefined) throw new VaultFault(400, 'invalid ciphertext: version is too new');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) {
    throw new VaultFault(400, 'invalid ciphertext: could not decode base64');
  }
  const sealed = Buffer.from(encoded, 'base64');
  const plaintext = openBytes(derive(material, body), sealed, Buffer.alloc(0));
  if (plaintext === undefined) throw new VaultFault(400, 'cipher: message authentication failed');
  return plaintext.toString('base64');
}

function derive(material: Buffer, { context }: Body): Buffer {
  if (typeof context !== 'string' || context === '') {
    throw new VaultFault(
      400,
      "missing 'context' for key derivation; the key was created using a derived key",
    );
  }
  const info = Buffer.from(context, 'base64');
  return Buffer.from(hkdfSync('sha256', material, Buffer.alloc(0), info, 32));
}
