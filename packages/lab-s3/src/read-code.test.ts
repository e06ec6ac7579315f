import { describe, expect, it } from 'vitest';
import { codeToRead } from './read-code.ts';

const lastLines = (key: string) => codeToRead({ bucket: 'b', key }).split('\n').at(-2);

describe('code to read an object', () => {
  it('is boto3 as it is, and pandas', () => {
    expect(codeToRead({ bucket: 'research', key: 'rates/today.csv' })).toBe(
      [
        ...['import boto3', 'import pandas as pd', ''],
        'response = boto3.client("s3").get_object(Bucket="research", Key="rates/today.csv")',
        ...['data = pd.read_csv(response["Body"])', 'data.head()'],
      ].join('\n'),
    );
  });

  it.each([
    ['a.parquet', 'data = pd.read_parquet(io.BytesIO(response["Body"].read()))'],
    ['a.JSON', 'data = pd.read_json(io.BytesIO(response["Body"].read()))'],
    ['a.jsonl', 'data = pd.read_json(io.BytesIO(response["Body"].read()), lines=True)'],
    ['a.tsv', 'data = pd.read_csv(response["Body"], sep="\\t")'],
    ['a.csv.gz', 'data = pd.read_csv(io.BytesIO(response["Body"].read()), compression="gzip")'],
    ['model.bin', 'data = response["Body"].read()'],
  ])('reads %s as what it is', (key, line) => {
    expect(lastLines(key)).toBe(line);
  });

  it('keeps a name from being more than a name', () => {
    const code = codeToRead({ bucket: 'b', key: '"); import os #\n.csv' });
    expect(code).toContain('Key="\\"); import os #\\n.csv")');
  });
});
