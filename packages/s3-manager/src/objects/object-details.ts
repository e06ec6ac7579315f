/** What a person may say of an object when writing it. */
export interface ObjectDetails {
  /** For example `text/csv; charset=utf-8`. Files get theirs by their extension where it is known. */
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly cacheControl?: string | undefined;
  /** User metadata: names in lower case without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** The fields of the AWS SDK's requests for these. */
export function detailFields(details: ObjectDetails) {
  return {
    ContentType: details.contentType,
    ContentEncoding: details.contentEncoding,
    CacheControl: details.cacheControl,
    Metadata: details.metadata === undefined ? undefined : { ...details.metadata },
  };
}

/** The service's word on an object that was written. */
export interface WrittenObject {
  /** With its quotation marks, as `ifMatch` takes it. */
  readonly etag: string | undefined;
  /** Where the bucket keeps versions. */
  readonly versionId: string | undefined;
  /** The ARN of the key that seals it, as the service answered. */
  readonly kmsKeyArn: string | undefined;
}

export function writtenObject(output: {
  readonly ETag?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
}): WrittenObject {
  return { etag: output.ETag, versionId: output.VersionId, kmsKeyArn: output.SSEKMSKeyId };
}
