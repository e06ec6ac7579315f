/** What to write instead, by the path of the value; `*` is any position in a list. */
const mends: Readonly<Record<string, string>> = {
  domain: 'write name, accountId and region under it',
  'domain.name': 'use 1 to 63 letters, digits and hyphens, for example research',
  'domain.accountId':
    "use the 12 digits of an AWS account between quotes, for example '000000000000'",
  'domain.region': 'use the name of an AWS region, for example ap-northeast-2',
  server: 'write listen, consoleHostName and studioHostName under it',
  'server.listen': 'write address and port under it',
  'server.listen.address': 'use an IP address of this machine, for example 127.0.0.1',
  'server.listen.port': 'use a whole number from 1 to 65535, for example 8080',
  'server.consoleHostName': 'use a host name in lower case, for example console.localhost',
  'server.studioHostName': "use '*.' and a host name, for example '*.studio.localhost'",
  'server.viewerHostName':
    'use a host name in lower case, for example viewer.localhost, or leave it out',
  'server.tls': 'write certificateFile and privateKeyFile under it, or leave it out',
  'server.tls.certificateFile': 'use the path of a PEM file',
  'server.tls.privateKeyFile': 'use the path of a PEM file',
  dataFolder: 'use the path of a folder, for example ./data',
  teams: 'write at least one "- name: …" under it',
  'teams.*.name': 'use a name of 1 to 64 visible characters, no word of two alphabets',
  'teams.*.description': 'use one line of at most 500 characters, or leave it out',
  people: 'write at least one person under it, each with profileName, displayName, role and team',
  'people.*.profileName':
    'use 1 to 32 lower-case letters, digits and hyphens that begin with a letter and do not end with a hyphen, for example alice',
  'people.*.displayName': 'use a name of 1 to 100 visible characters, no word of two alphabets',
  'people.*.role': 'use administrator, auditor or data-scientist',
  'people.*.team': 'use the name of one of the teams',
  images: 'write at least one image under it, each with imageName, displayName and rootFileSystem',
  'images.*.imageName': 'use 1 to 63 letters, digits and hyphens, for example host-python',
  'images.*.displayName': 'use a name of 1 to 128 characters',
  'images.*.rootFileSystem': "use host (this machine's own programs)",
  instanceTypes:
    'write system and at least one more under it, each with instanceType, vcpuCount and memoryMebibytes',
  'instanceTypes.*.instanceType': "use system or one of AWS's names, for example ml.t3.medium",
  'instanceTypes.*.vcpuCount': 'use a number from 0.1 to 1024',
  'instanceTypes.*.memoryMebibytes': 'use a whole number from 64 up',
  defaults: 'write imageName and instanceType under it',
  'defaults.imageName': 'use the imageName of one of the images',
  'defaults.instanceType': 'use one of the instanceTypes other than system',
  studios: 'write hibernateAfterMinutes and prestart under it',
  'studios.hibernateAfterMinutes': 'use a number of minutes above 0, for example 20',
  'studios.prestart': 'use server-and-kernel, server or nothing',
  'studios.sharing': 'use owner or team, or leave it out',
  'studios.homeQuotaGibibytes': 'use a number from 0.05 up, or leave it out',
  egress: 'write maximumHours, allowLists or allowedPrivateAddresses under it, or leave it out',
  'egress.maximumHours': 'use a number of hours from above 0 to 8760, for example 720',
  'egress.allowLists': 'write a list of name, names and ports under it, or leave it out',
  'egress.allowLists.*.name': 'use lower-case letters, digits and hyphens, for example pypi',
  'egress.allowLists.*.description': 'use one line of at most 500 characters, or leave it out',
  'egress.allowLists.*.names': 'write at least one DNS name under it',
  'egress.allowLists.*.names.*':
    'use a DNS name in lower case such as pypi.org, or *. and one such as *.pythonhosted.org',
  'egress.allowLists.*.ports': 'write port numbers under it, or leave it out for 443',
  'egress.allowLists.*.ports.*': 'use a whole number from 1 to 65535',
  'egress.alwaysOff': 'use a list of profile names, or leave it out',
  'egress.alwaysOff.*': 'use the profileName of somebody, for example alice',
  'egress.allowedPrivateAddresses': 'use a list of networks, or leave it out',
  'egress.allowedPrivateAddresses.*': 'use a network in CIDR form, for example 10.20.0.0/16',
  'egress.fixedAddresses': 'write a list of name and address under it, or leave it out',
  'egress.fixedAddresses.*.name': 'use a DNS name in lower case, for example pypi.bank.example',
  'egress.fixedAddresses.*.address': 'use an IP address, for example 10.20.0.5',
  keys: 'write provider under it, or leave it out',
  'keys.provider':
    'use local, { awsKms: { region: … } } or { vault: { address: …, tokenFile: … } }',
  objects: 'write store, listen or freeSpaceFloorMebibytes under it, or leave it out',
  'objects.store': 'use embedded or { s3: { region: …, kmsKey: <ARN> } }',
  'objects.listen': 'write address and port under it, or leave it out',
  'objects.listen.address': 'use an IP address of this machine, for example 127.0.0.1',
  'objects.listen.port': 'use a whole number from 1 to 65535, for example 8081',
  'objects.freeSpaceFloorMebibytes': 'use a whole number from 0 up, for example 512',
  buckets: 'write a list of name and access under it, or leave it out',
  'buckets.*.name': 'use 3 to 63 lower-case letters, digits and hyphens, for example risk-data',
  'buckets.*.description': 'use one line of at most 500 characters, or leave it out',
  'buckets.*.access': 'write a list of to and permission under it',
  'buckets.*.access.*.to': 'use everyone, { team: … } or { profileName: … }',
  'buckets.*.access.*.permission': 'use read or read-write',
  'buckets.*.access.*.from': 'use a list of studios, outside or both, or leave it out for both',
  'buckets.*.versioning': 'use true or false, or leave it out',
  'buckets.*.quotaGibibytes': 'use a number from 0.001 up, or leave it out',
  sharing:
    'write bucket, maximumDays, defaultDays, maximumNotebookMebibytes or scan under it, or leave it out',
  'sharing.bucket':
    'use 3 to 63 lower-case letters, digits and hyphens, or leave it out for strongroom-<accountId>-sharing',
  'sharing.maximumDays': 'use a whole number of days from 1 to 3650, for example 365',
  'sharing.defaultDays': 'use a whole number of days from 1 to 3650, for example 30',
  'sharing.maximumNotebookMebibytes': 'use a whole number from 1 to 100, for example 50',
  'sharing.scan': 'write what is looked for and block, warn or off under it, or leave it out',
  logs: 'write retentionDays under it, or leave it out',
  'logs.retentionDays': 'use a whole number of days from 1 up, for example 1827',
  policies: 'write a list of document and attachTo under it, or leave it out',
  'policies.*.document':
    'use the path of a file whose name is lower-case letters, digits and hyphens and ends with .json, for example ./policies/freeze.json',
  'policies.*.attachTo':
    'use everyone, { role: … }, { team: … }, { profileName: … } or { executionRole: <profileName> }',
  sessions: 'write idleMinutes and absoluteHours under it',
  'sessions.idleMinutes': 'use a number of minutes above 0, for example 60',
  'sessions.absoluteHours': 'use a number of hours above 0, for example 12',
  acceptUnenforced: "use a list of controls' names, or leave it out",
  'acceptUnenforced.*': "use a control's name; strongroom doctor lists them",
};

/** One clause that says what to write there. */
export function mendOf(path: readonly (string | number)[]): string {
  if (path[0] === 'sharing' && path[1] === 'scan' && path.length === 3) {
    return 'use block, warn or off';
  }
  const pattern = path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
  return mends[pattern] ?? 'see the comments of a fresh domain file';
}
