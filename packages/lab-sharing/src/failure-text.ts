import { ShareError } from './api/share-error.ts';
import type { Texts } from './texts.ts';

/** What a person reads of a failure: what it is and what to do. */
export function describeFailure(error: unknown, trans: Texts, languageTag: string): string {
  // An error of Lab's own, such as of saving.
  if (!(error instanceof ShareError)) return error instanceof Error ? error.message : '';
  const said = sentenceOf(error, trans, languageTag);
  if (error.reference === '' || error.code === 'Unreachable') return said;
  return `${said} ${trans.__('Reference: %1', error.reference)}`;
}

function sentenceOf(error: ShareError, trans: Texts, languageTag: string): string {
  switch (error.code) {
    case 'AccessDenied':
      return refusalOf(error, trans, languageTag);
    case 'NotANotebook':
      return trans.__('This file is no notebook that can be read, so it cannot be shared.');
    case 'NotebookTooLarge':
      return trans.__(
        'This notebook is larger than the %1 MiB that can be shared. Clear large outputs, or share it without outputs.',
        error.value('maximumMebibytes'),
      );
    case 'FileNotFound':
      return trans.__('This notebook is no longer where it was. Open it again and share it then.');
    case 'FileRefused':
      return trans.__('This file cannot be read from the home. Is it a link to somewhere else?');
    case 'ShareBlocked':
      return trans.__(
        'The notebook has something in it that must not be shared, in cell %1. Take it out and share again.',
        error.value('cell'),
      );
    case 'ShareNeedsConfirmation':
      return trans.__(
        'Something else was found meanwhile. Look at it and confirm that it is meant.',
      );
    case 'ShareNotFound':
      return trans.__('This share is no longer there. Refresh the list.');
    case 'ShareRevoked':
      return trans.__(
        'This share was revoked, which cannot be taken back. Share the notebook anew.',
      );
    case 'ShareExpired':
      return trans.__('This share has expired. Extend it first.');
    case 'KeyUnavailable':
      return keyFailureOf(error, trans);
    case 'DiskFull':
      return trans.__('The store is full. Ask an administrator.');
    case 'StudioStopped':
    case 'SandboxUnavailable':
    case 'ServerDidNotStart':
      return trans.__('The studio did not give the notebook. Try again.');
    case 'TooManyRequests':
      return trans.__('Too much is asked at once. Wait a moment and try again.');
    case 'NotSignedIn':
    case 'PersonDisabled':
      return trans.__('You are signed out. Sign in at the console and try again.');
    case 'Unreachable':
      return trans.__('Strongroom does not answer. Check the connection and try again.');
    case 'InvalidRequest':
      return invalidOf(error, trans);
    default:
      return error.message === '' ? trans.__('Something unexpected went wrong.') : error.message;
  }
}

function refusalOf(error: ShareError, trans: Texts, languageTag: string): string {
  if (error.value('rule') === 'studio-of-another') {
    return trans.__('Only the owner of this studio can share its notebooks.');
  }
  const korean = error.value('koreanSentence');
  const sentence = languageTag.startsWith('ko') && korean !== '' ? korean : error.message;
  return `${sentence} ${trans.__('Action: %1. Rule: %2.', error.value('action'), error.value('rule'))}`;
}

function keyFailureOf(error: ShareError, trans: Texts): string {
  const key = error.value('key');
  return key === ''
    ? trans.__('The key that seals shares cannot be used. Ask an administrator.')
    : trans.__('The key “%1” that seals shares cannot be used. Ask an administrator.', key);
}

function invalidOf(error: ShareError, trans: Texts): string {
  const name = error.value('name');
  if (error.value('field') === 'expiresAt') {
    return trans.__(
      'It cannot be shared until then: the last day is %1 days from now.',
      error.value('maximumDays'),
    );
  }
  if (name !== '') return trans.__('“%1” is no longer in the domain. Choose again.', name);
  return error.message === '' ? trans.__('Something unexpected went wrong.') : error.message;
}
