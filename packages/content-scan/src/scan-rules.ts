import type { ScanAction, ScanRule } from '@strongroom/contracts';

/** What is done about each kind of finding. */
export type ScanRules = Readonly<Record<ScanRule, ScanAction>>;

/** Where a domain file says nothing. */
export const defaultScanRules: ScanRules = {
  'cloud-key': 'block',
  token: 'block',
  'private-key': 'block',
  'password-in-url': 'block',
  'resident-registration-number': 'block',
  'foreigner-registration-number': 'block',
  'card-number': 'block',
  'account-number': 'warn',
  'phone-number': 'warn',
  'email-address': 'warn',
};
