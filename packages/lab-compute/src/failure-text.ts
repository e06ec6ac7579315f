import { ComputeError } from './api/compute-error.ts';
import type { Texts } from './texts.ts';

/** What a person reads of a failure: what it is and what to do. */
export function describeFailure(error: unknown, trans: Texts, languageTag: string): string {
  // An error of Lab's own, such as of saving.
  if (!(error instanceof ComputeError)) return error instanceof Error ? error.message : '';
  const said = sentenceOf(error, trans, languageTag);
  if (error.reference === '' || error.code === 'Unreachable') return said;
  return `${said} ${trans.__('Reference: %1', error.reference)}`;
}

function sentenceOf(error: ComputeError, trans: Texts, languageTag: string): string {
  switch (error.code) {
    case 'AccessDenied':
      return refusalOf(error, trans, languageTag);
    case 'ImageNotFound':
      return trans.__(
        'This image is no longer in the domain, or you may not use it. Choose another.',
      );
    case 'ImageUnavailable':
      return trans.__(
        'This image cannot be used now: it is being prepared, or it has failed. Choose another, or try again later.',
      );
    case 'InstanceTypeUnavailable':
      return trans.__(
        'This machine can never give that instance type. Choose another, or ask an administrator.',
      );
    case 'InstanceTypeBusy':
      return trans.__(
        'This machine has no room for that instance type now. Choose a smaller one, stop what you do not need, or try again later.',
      );
    case 'BudgetReached':
      return trans.__(
        'The budget of this month is used up. Choose an instance type without a price, or ask an administrator for more.',
      );
    case 'SandboxUnavailable':
      return trans.__('The kernel could not be started here. Try again, or ask an administrator.');
    case 'AppNotFound':
      return trans.__('This kernel does not run any more.');
    case 'JobNotFound':
      return trans.__('This job is no longer there. Refresh the list.');
    case 'JobNotRunning':
      return trans.__('This job has ended already.');
    case 'JobScheduleNotFound':
      return trans.__('This schedule is no longer there. Refresh the list.');
    case 'FileNotFound':
      return trans.__('The file is no longer where it was.');
    case 'BucketNotFound':
      return trans.__('There is no such bucket, or you may not write to it. Choose another.');
    case 'DiskFull':
      return trans.__('The disk is full. Delete what you do not need, or ask an administrator.');
    case 'TooManyRequests':
      return trans.__('Too much is asked at once. Wait a moment and try again.');
    case 'NotSignedIn':
    case 'PersonDisabled':
      return trans.__('You are signed out. Sign in at the console and try again.');
    case 'Unreachable':
      return trans.__('Strongroom does not answer. Check the connection and try again.');
    default:
      return unknownOf(error, trans);
  }
}

function refusalOf(error: ComputeError, trans: Texts, languageTag: string): string {
  const korean = error.value('koreanSentence');
  if (languageTag.startsWith('ko') && korean !== '') return korean;
  if (error.message !== '' && !languageTag.startsWith('ko')) return error.message;
  return trans.__('You may not use this. Choose another, or ask an administrator.');
}

function unknownOf(error: ComputeError, trans: Texts): string {
  const said = [error.message, error.remedy].filter((text) => text !== '').join('. ');
  return said === '' ? trans.__('Something unexpected went wrong.') : said;
}
