import { compileStatements } from './compile-policy.ts';
import { documentLimits } from './document/document-limits.ts';
import { findDuplicateKey } from './document/find-duplicate-key.ts';
import { PolicyDocumentError } from './document/policy-document-error.ts';
import { readDocument } from './document/read-document.ts';
import type { PolicyDocument } from './policy-document.ts';

/**
 * A policy document from JSON text or from data, checked down to its last value. Throws
 * PolicyDocumentError with the path of what is wrong. The result is a copy.
 */
export function parseDocument(input: unknown): PolicyDocument {
  const document = readDocument(typeof input === 'string' ? parseText(input) : input);
  compileStatements(document);
  return document;
}

function parseText(text: string): unknown {
  if (text.length > documentLimits.textBytes || sizeBytes(text) > documentLimits.textBytes) {
    throw new PolicyDocumentError('too-large', '', `over ${documentLimits.textBytes} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PolicyDocumentError('not-json', '', 'not JSON', { cause: error });
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) {
    throw new PolicyDocumentError('duplicate-element', duplicate, 'given twice');
  }
  return value;
}

function sizeBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
