/** More than AWS accepts anywhere (a bucket policy may be 20 KB), and still quick to read. */
export const documentLimits = {
  textBytes: 64 * 1024,
  statements: 500,
  /** Document, Statement, statement, Condition, operator, values: six levels of a real policy. */
  depth: 8,
  nodes: 20_000,
  /** Twice the longest ARN; keeps matching against a request's text short. */
  stringCharacters: 4_096,
} as const;
