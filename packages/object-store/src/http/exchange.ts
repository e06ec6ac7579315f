import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerHeaders } from './headers/object-answer.ts';
import type { S3Connection } from './s3-service-options.ts';
import type { UploadEncryptions } from './upload-encryptions.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: S3Connection;
  readonly uploadEncryptions: UploadEncryptions;
  readonly expectsContinue: boolean;
}

/** What has become known of a request so far, for its answer and the log. */
export interface RequestNotes {
  operation?: string;
  bucket?: string;
  key?: string;
  principalArn?: string;
  corsHeaders?: AnswerHeaders;
  /** Whether the client sends its body, or has been told to. */
  isContinued: boolean;
}
