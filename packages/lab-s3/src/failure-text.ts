import { BucketError } from './bucket-error.ts';

/** Looks a text up and fills `%1`, `%2` … in. */
export interface Texts {
  __(text: string, ...values: string[]): string;
}

/** What a person reads of a failure: what it is, which rule it comes from, what to do. */
export function describeFailure(error: unknown, trans: Texts, language: string): string {
  // How a browser says that a connection broke off.
  if (error instanceof TypeError)
    return sentenceOf(new BucketError('Unreachable'), trans, language);
  // An error of the home: its server says what is wrong with which file.
  if (!(error instanceof BucketError)) return error instanceof Error ? error.message : '';
  const said = sentenceOf(error, trans, language);
  if (error.reference === '' || error.code === 'Unreachable') return said;
  return `${said} ${trans.__('Reference: %1', error.reference)}`;
}

function sentenceOf(error: BucketError, trans: Texts, language: string): string {
  switch (error.code) {
    case 'AccessDenied': {
      const isKorean = language.startsWith('ko') && error.koreanSentence !== '';
      const sentence = isKorean ? error.koreanSentence : error.message;
      return `${sentence} ${trans.__('Action: %1. Rule: %2.', error.action, error.rule)}`;
    }
    case 'BucketNotFound':
      return trans.__('This bucket is no longer there. Refresh the list.');
    case 'ObjectNotFound':
      return trans.__('This object is no longer there. Refresh the list.');
    case 'KeyUnavailable':
      return trans.__(
        'The key of this bucket is disabled, so nothing in it can be read or written. Ask an administrator.',
      );
    case 'DiskFull':
      return trans.__(
        'The store is full, or the bucket has reached its quota. Delete something or ask an administrator.',
      );
    case 'TooManyRequests':
      return trans.__('Too much is asked at once. Wait a moment and try again.');
    case 'NotSignedIn':
    case 'PersonDisabled':
      return trans.__('You are signed out. Sign in at the console and try again.');
    case 'Unreachable':
      return trans.__('Strongroom does not answer. Check the connection and try again.');
    case 'TooLarge':
      return trans.__('This object is too large to be shown. Copy it to your home.');
    case 'FileNotReadable':
      return trans.__('This file of your home cannot be read.');
    case 'NotText':
      return trans.__('This object is not text. Copy it to your home to use it.');
    default:
      return error.message === '' ? trans.__('Something unexpected went wrong.') : error.message;
  }
}
