import type { AppId, ProfileName } from '@strongroom/contracts';
import type { StudioOnNetwork } from '../studio-connection.ts';

export function testStudio(name = 'alice'): StudioOnNetwork {
  const digits = Buffer.from(name).toString('hex').padEnd(17, '0').slice(0, 17);
  return {
    ...{ profileName: name as ProfileName, team: 'risk-models', appId: 'a'.repeat(32) as AppId },
    ...{ address: '10.0.16.5', interfaceId: `eni-${digits}` },
  };
}
