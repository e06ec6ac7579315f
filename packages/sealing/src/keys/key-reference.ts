import { KeyError } from './key-error.ts';

/** A key id (UUID), `alias/<name>`, a key's ARN or an alias's ARN. */
export type KeyReference = string;

export interface KeyRealm {
  readonly accountId: string;
  readonly region: string;
}

const keyIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** AWS KMS API Reference, CreateAlias: `alias/aws/` is AWS's own. */
const aliasPattern = /^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/;

export function keyArnOf(keyId: string, { accountId, region }: KeyRealm): string {
  return `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
}

/** The key id or the alias that is meant; `undefined` for neither, or of another account or region. */
export function parseReference(reference: KeyReference, realm: KeyRealm): string | undefined {
  const prefix = `arn:aws:kms:${realm.region}:${realm.accountId}:`;
  const isArn = reference.startsWith('arn:');
  if (isArn && !reference.startsWith(prefix)) return undefined;
  const name = isArn ? reference.slice(prefix.length) : reference;
  if (aliasPattern.test(name)) return name;
  const keyId = isArn && name.startsWith('key/') ? name.slice('key/'.length) : name;
  return keyIdPattern.test(keyId) && isArn === (keyId !== name) ? keyId : undefined;
}

/** @throws {KeyError} `InvalidAliasNameException` */
export function checkAlias(alias: string): void {
  if (aliasPattern.test(alias)) return;
  throw new KeyError(
    'InvalidAliasNameException',
    `Cannot name a key "${alias}": an alias is "alias/" and up to 250 of A-Z a-z 0-9 / _ -`,
  );
}
