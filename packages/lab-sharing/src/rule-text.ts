import type { ScanFinding } from '@strongroom/contracts';
import type { Texts } from './texts.ts';

/** What was found. */
export function ruleText(rule: ScanFinding['rule'], trans: Texts): string {
  switch (rule) {
    case 'cloud-key':
      return trans.__('Key of a cloud account');
    case 'token':
      return trans.__('Password or access token');
    case 'private-key':
      return trans.__('Private key');
    case 'password-in-url':
      return trans.__('Password in an address');
    case 'resident-registration-number':
      return trans.__('Resident registration number');
    case 'foreigner-registration-number':
      return trans.__('Foreigner registration number');
    case 'card-number':
      return trans.__('Card number');
    case 'account-number':
      return trans.__('Account number');
    case 'phone-number':
      return trans.__('Phone number');
    case 'email-address':
      return trans.__('E-mail address');
  }
}

/** Where it was found. */
export function placeText(finding: ScanFinding, trans: Texts): string {
  const cell = String(finding.cellIndex + 1);
  const line = String(finding.line);
  // What belongs to no cell is told with the first cell's index and no id.
  const isOfNotebook = finding.cellId === null && finding.cellIndex === 0;
  switch (finding.part) {
    case 'source':
      return trans.__('Cell %1, line %2', cell, line);
    case 'output':
      return trans.__('Cell %1, output, line %2', cell, line);
    case 'attachment':
      return trans.__('Cell %1, attachment', cell);
    case 'metadata':
      return isOfNotebook
        ? trans.__('Metadata of the notebook')
        : trans.__('Cell %1, metadata', cell);
  }
}
