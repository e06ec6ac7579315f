/** Python that reads an object into `data`, for a notebook: boto3 as it is, and pandas where it fits. */
export function codeToRead({ bucket, key }: { bucket: string; key: string }): string {
  const reader = readerOf(key);
  const imports = [
    ...(reader?.needsBytes === true ? ['import io', ''] : []),
    'import boto3',
    ...(reader === undefined ? [] : ['import pandas as pd']),
  ];
  const body = 'response["Body"]';
  const content = reader?.needsBytes === true ? `io.BytesIO(${body}.read())` : body;
  return [
    ...imports,
    '',
    `response = boto3.client("s3").get_object(Bucket=${quoted(bucket)}, Key=${quoted(key)})`,
    reader === undefined ? `data = ${body}.read()` : `data = pd.${reader.call(content)}`,
    reader === undefined ? 'len(data)' : 'data.head()',
  ].join('\n');
}

interface Reader {
  /** Where pandas goes back and forth in the file, which a stream cannot. */
  readonly needsBytes: boolean;
  readonly call: (content: string) => string;
}

function readerOf(key: string): Reader | undefined {
  const [, ending = '', compression = ''] =
    /\.([a-z0-9]+)(?:\.(gz|bz2|xz|zst))?$/i.exec(key.toLowerCase()) ?? [];
  const packed =
    compression === '' ? '' : `, compression=${quoted(compressions[compression] ?? '')}`;
  // Inside a packed file pandas needs to know where it is.
  const needsBytes = compression !== '';
  switch (ending) {
    case 'csv':
      return { needsBytes, call: (content) => `read_csv(${content}${packed})` };
    case 'tsv':
      return { needsBytes, call: (content) => `read_csv(${content}, sep="\\t"${packed})` };
    case 'parquet':
    case 'pq':
      return { needsBytes: true, call: (content) => `read_parquet(${content})` };
    case 'json':
      return { needsBytes: true, call: (content) => `read_json(${content}${packed})` };
    case 'jsonl':
    case 'ndjson':
      return { needsBytes: true, call: (content) => `read_json(${content}, lines=True${packed})` };
    default:
      return undefined;
  }
}

const compressions: Readonly<Record<string, string>> = {
  ...{ gz: 'gzip', bz2: 'bz2', xz: 'xz', zst: 'zstd' },
};

/** JSON's strings are Python's too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
