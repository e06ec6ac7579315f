import { S3Error } from '../../s3-error.ts';
import { encodeUriComponent } from '../../signatures/canonical-request.ts';
import { present } from '../common-conditions.ts';
import type { RequestFields } from '../request-fields.ts';
import type { ConditionValues } from '../s3-service-options.ts';

/** What all listings have in common. */
export interface ListParameters {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly maximum: number;
  /** Names as the answer has them: `encoding-type=url` carries what XML cannot. */
  readonly encode: (name: string) => string;
  readonly encodingType: 'url' | undefined;
}

const maximumCount = 1_000;

/** @throws {S3Error} `InvalidArgument` */
export function readListParameters(
  { parameter }: RequestFields,
  maximumName = 'max-keys',
): ListParameters {
  const encodingType = parameter('encoding-type')?.toLowerCase();
  if (encodingType !== undefined && encodingType !== 'url' && encodingType !== '') {
    throw invalid('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  }
  return {
    prefix: parameter('prefix') ?? '',
    delimiter: parameter('delimiter') || undefined,
    maximum: readCount(parameter(maximumName), maximumName),
    encode: encodingType === 'url' ? encodeName : (name) => name,
    encodingType: encodingType === 'url' ? 'url' : undefined,
  };
}

/** For the store: what is empty is not asked. */
export function listRequest({ prefix, delimiter }: ListParameters) {
  return {
    ...(prefix === '' ? {} : { prefix }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
}

/** `s3:prefix` and its like are there where the request has them, an empty one included. */
export function listConditions({ parameter }: RequestFields): ConditionValues {
  const maximum = parameter('max-keys');
  return present({
    's3:prefix': parameter('prefix'),
    's3:delimiter': parameter('delimiter'),
    's3:max-keys': maximum === undefined ? undefined : Number(maximum),
  });
}

function readCount(text: string | undefined, name: string): number {
  if (text === undefined || text === '') return maximumCount;
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), maximumCount);
  throw invalid(`Provided ${name} not an integer or within integer range`, name, text);
}

/** S3 leaves `/` as it is. */
function encodeName(name: string): string {
  return encodeUriComponent(name).replaceAll('%2F', '/');
}

function invalid(message: string, name: string, value: string): S3Error {
  return new S3Error('InvalidArgument', message, {
    details: { ArgumentName: name, ArgumentValue: value },
  });
}
