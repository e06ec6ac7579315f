import { posix } from 'node:path';
import { didYouMean } from './did-you-mean.ts';
import { mendOf } from './domain-file-mends.ts';
import {
  cannotUse,
  type DomainFileIssue,
  formatPath,
  type Path,
  valueAt,
} from './domain-file-problem.ts';
import { sageMakerIssues } from './sage-maker-issues.ts';
import { systemInstanceType } from './system-instance-type.ts';
import { viewerBeside } from './viewer-host-name.ts';

/**
 * What no schema of one value can see: names given twice, names of nothing, host names that need
 * TLS. Reads data of any shape, so that these problems are told together with the others.
 */
export function findReferenceIssues(data: unknown): DomainFileIssue[] {
  const teams = namesIn(data, 'teams', 'name');
  const images = namesIn(data, 'images', 'imageName');
  const instanceTypes = namesIn(data, 'instanceTypes', 'instanceType');
  const kernelTypes = instanceTypes.filter(({ name }) => name !== systemInstanceType);
  return [
    ...duplicates(teams),
    ...duplicates(images),
    ...duplicates(instanceTypes),
    ...duplicates(namesIn(data, 'people', 'profileName')),
    ...namesIn(data, 'people', 'team').flatMap(({ path }) => unknownName(data, path, teams)),
    ...unknownName(data, ['defaults', 'imageName'], images),
    ...unknownName(data, ['defaults', 'instanceType'], kernelTypes),
    ...missingSystemType(instanceTypes),
    ...egressIssues(data),
    ...policyIssues(data, teams),
    ...bucketIssues(data, teams),
    ...sharingIssues(data),
    ...bucketQuotaIssues(data),
    ...budgetIssues(data, teams),
    ...missingAdministrator(data),
    ...hostNameIssues(data),
    ...sessionIssues(data),
    ...portalIssues(data),
    ...sageMakerIssues(data),
  ];
}

interface NamedPlace {
  readonly name: string;
  readonly path: Path;
}

function namesIn(data: unknown, listName: string, key: string): NamedPlace[] {
  return namesAt(data, [listName], key);
}

/** Without `key` the list holds the names themselves. */
function namesAt(data: unknown, listPath: Path, ...key: readonly string[]): NamedPlace[] {
  const list = valueAt(data, listPath);
  if (!Array.isArray(list)) return [];
  return list.flatMap((_, index) => {
    const path = [...listPath, index, ...key];
    const name = valueAt(data, path);
    return typeof name === 'string' ? [{ name, path }] : [];
  });
}

function duplicates(places: readonly NamedPlace[]): DomainFileIssue[] {
  return places.flatMap(({ name, path }, index) => {
    const first = places.findIndex((place) => place.name === name);
    if (first === index) return [];
    const other = formatPath(places[first]?.path ?? []);
    const why = `${other} is the same`;
    return [cannotUse({ path, value: name, mend: 'use each name once', why })];
  });
}

function unknownName(data: unknown, path: Path, places: readonly NamedPlace[]): DomainFileIssue[] {
  const name = valueAt(data, path);
  if (typeof name !== 'string' || places.length === 0) return [];
  const names = places.map((place) => place.name);
  if (names.includes(name)) return [];
  const meant = didYouMean(name, names);
  const mend =
    meant === undefined ? `${mendOf(path)}: ${names.join(', ')}` : `did you mean ${meant}?`;
  return [cannotUse({ path, value: name, mend, why: 'there is no such name' })];
}

function missingSystemType(instanceTypes: readonly NamedPlace[]): DomainFileIssue[] {
  if (instanceTypes.length === 0) return [];
  if (instanceTypes.some(({ name }) => name === systemInstanceType)) return [];
  const sentence = `instanceTypes has no "${systemInstanceType}", the size of a studio's own server and terminals (add "- { instanceType: system, vcpuCount: 1, memoryMebibytes: 1024 }")`;
  return [{ path: ['instanceTypes'], sentence, atKey: true }];
}

/** The name of a policy is its file's; two of one name could not be told apart in a refusal. */
function policyIssues(data: unknown, teams: readonly NamedPlace[]): DomainFileIssue[] {
  const people = namesIn(data, 'people', 'profileName');
  const places = namesIn(data, 'policies', 'document').map(({ name, path }) => ({
    path,
    name: posix.basename(name),
  }));
  const attached = places.flatMap(({ path }) => {
    const attachTo = [...path.slice(0, -1), 'attachTo'];
    return [
      ...unknownName(data, [...attachTo, 'team'], teams),
      ...unknownName(data, [...attachTo, 'profileName'], people),
      ...unknownName(data, [...attachTo, 'executionRole'], people),
    ];
  });
  return [...duplicates(places), ...attached];
}

/** Another S3 has no quotas of a bucket, so one could not be kept. */
function bucketQuotaIssues(data: unknown): DomainFileIssue[] {
  if (valueAt(data, ['objects', 'store', 's3']) === undefined) return [];
  return namesIn(data, 'buckets', 'name').flatMap(({ path: namePath }) => {
    const path = [...namePath.slice(0, -1), 'quotaGibibytes'];
    const value = valueAt(data, path);
    if (value === undefined) return [];
    const why = 'the objects are in another S3, which keeps no quota of a bucket';
    return [cannotUse({ path, value, mend: 'leave it out, or use objects.store: embedded', why })];
  });
}

function bucketIssues(data: unknown, teams: readonly NamedPlace[]): DomainFileIssue[] {
  const people = namesIn(data, 'people', 'profileName');
  const places = namesIn(data, 'buckets', 'name');
  const readers = places.flatMap(({ path }) => {
    const accessPath = [...path.slice(0, -1), 'access'];
    const access = valueAt(data, accessPath);
    if (!Array.isArray(access)) return [];
    return access.flatMap((_, index) => [
      ...unknownName(data, [...accessPath, index, 'to', 'team'], teams),
      ...unknownName(data, [...accessPath, index, 'to', 'profileName'], people),
    ]);
  });
  return [...duplicates(places), ...readers];
}

/** Whoever is held off under a name that nobody has is not held off. */
function egressIssues(data: unknown): DomainFileIssue[] {
  const people = namesIn(data, 'people', 'profileName');
  const heldOff = namesAt(data, ['egress', 'alwaysOff']);
  return [
    ...duplicates(namesAt(data, ['egress', 'allowLists'], 'name')),
    ...heldOff.flatMap(({ path }) => unknownName(data, path, people)),
    ...duplicates(heldOff),
  ];
}

/** A budget of nobody limits nobody: whoever was meant could spend without end. */
function budgetIssues(data: unknown, teams: readonly NamedPlace[]): DomainFileIssue[] {
  const people = namesIn(data, 'people', 'profileName');
  const ofPeople = namesAt(data, ['budgets', 'people'], 'profileName');
  const ofTeams = namesAt(data, ['budgets', 'teams'], 'team');
  return [
    ...ofPeople.flatMap(({ path }) => unknownName(data, path, people)),
    ...ofTeams.flatMap(({ path }) => unknownName(data, path, teams)),
    ...duplicates(ofPeople),
    ...duplicates(ofTeams),
  ];
}

export function defaultSharingBucket(accountId: string): string {
  return `strongroom-${accountId}-sharing`;
}

/** The bucket of shared notebooks is nobody's own, and nothing is shared for longer than allowed. */
function sharingIssues(data: unknown): DomainFileIssue[] {
  const accountId = valueAt(data, ['domain', 'accountId']);
  const named = valueAt(data, ['sharing', 'bucket']);
  const ofAccount = typeof accountId === 'string' ? defaultSharingBucket(accountId) : undefined;
  const bucket = typeof named === 'string' ? named : ofAccount;
  const taken = namesIn(data, 'buckets', 'name')
    .filter(({ name }) => name === bucket)
    .map(({ name, path }) => {
      const why = 'shared notebooks are kept in it';
      return cannotUse({ path, value: name, mend: 'use another name', why });
    });
  const path = ['sharing', 'defaultDays'];
  const days = valueAt(data, path);
  const maximumDays = valueAt(data, ['sharing', 'maximumDays']) ?? 365;
  if (typeof days !== 'number' || typeof maximumDays !== 'number' || days <= maximumDays) {
    return taken;
  }
  const why = `nothing is shared for more than ${maximumDays} days (sharing.maximumDays)`;
  return [...taken, cannotUse({ path, value: days, mend: 'use less', why })];
}

function missingAdministrator(data: unknown): DomainFileIssue[] {
  const roles = namesIn(data, 'people', 'role');
  if (roles.length === 0 || roles.some(({ name }) => name === 'administrator')) return [];
  const sentence = 'people has no administrator (give one person "role: administrator")';
  return [{ path: ['people'], sentence, atKey: true }];
}

function hostNameIssues(data: unknown): DomainFileIssue[] {
  const server = ['server'] as const;
  const consoleHostName = valueAt(data, [...server, 'consoleHostName']);
  const studioHostName = valueAt(data, [...server, 'studioHostName']);
  const hasTls = valueAt(data, [...server, 'tls']) !== undefined;
  const issues: DomainFileIssue[] = [];
  const viewerHostName = valueAt(data, [...server, 'viewerHostName']);
  for (const [key, value] of Object.entries({ consoleHostName, studioHostName, viewerHostName })) {
    if (typeof value !== 'string' || hasTls || isLoopbackName(value)) continue;
    const path = [...server, key];
    const why = 'browsers keep its cookies safe only over TLS';
    const mend = 'add server.tls, or use a name that ends with .localhost';
    issues.push(cannotUse({ path, value, mend, why }));
  }
  if (typeof consoleHostName !== 'string' || typeof studioHostName !== 'string') return issues;
  const [, ...parentLabels] = consoleHostName.split('.');
  if (parentLabels.join('.') === studioHostName.slice('*.'.length)) {
    const path = [...server, 'studioHostName'];
    const why = `the console's own name, ${consoleHostName}, would be a studio's`;
    const mend = `use a name of its own, for example '*.studio.${parentLabels.join('.')}'`;
    issues.push(cannotUse({ path, value: studioHostName, mend, why }));
  }
  return [...issues, ...viewerHostNameIssues({ consoleHostName, studioHostName, viewerHostName })];
}

/** What the frame shows is other people's code: neither the console's origin nor a studio's may run it. */
function viewerHostNameIssues(names: {
  consoleHostName: string;
  studioHostName: string;
  viewerHostName: unknown;
}): DomainFileIssue[] {
  const { consoleHostName, studioHostName } = names;
  const value = names.viewerHostName ?? viewerBeside(consoleHostName);
  if (typeof value !== 'string') return [];
  const path = ['server', 'viewerHostName'];
  const mend = 'use a name that nothing else has, for example viewer.localhost';
  if (value === consoleHostName)
    return [cannotUse({ path, value, mend, why: "it is the console's own name" })];
  // The name that is filled in is beside the console's own, which was judged above.
  if (names.viewerHostName === undefined) return [];
  const isStudios = value.split('.').slice(1).join('.') === studioHostName.slice('*.'.length);
  return isStudios ? [cannotUse({ path, value, mend, why: "it would be a studio's" })] : [];
}

/** Chromium and Firefox resolve these to this machine and trust them (RFC 6761, section 6.3). */
function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

function sessionIssues(data: unknown): DomainFileIssue[] {
  const path = ['sessions', 'idleMinutes'];
  const idleMinutes = valueAt(data, path);
  const absoluteHours = valueAt(data, ['sessions', 'absoluteHours']);
  if (typeof idleMinutes !== 'number' || typeof absoluteHours !== 'number') return [];
  if (idleMinutes <= absoluteHours * 60) return [];
  const why = `sessions.absoluteHours ends a session sooner, after ${absoluteHours * 60} minutes`;
  return [cannotUse({ path, value: idleMinutes, mend: 'use less', why })];
}

/** SageMaker API, CreatePresignedDomainUrl: with IAM Identity Center nobody but AWS's own portal opens a studio. */
function portalIssues(data: unknown): DomainFileIssue[] {
  const path = ['aws', 'authMode'];
  const runtime = valueAt(data, ['compute', 'runtime']);
  const isPortal =
    runtime === 'sagemaker' || valueAt(data, ['compute', 'runtime', 'sagemaker']) !== undefined;
  if (!isPortal || valueAt(data, path) !== 'SSO') return [];
  const why =
    'compute.runtime: sagemaker opens studios for people, which SageMaker allows with IAM alone';
  return [cannotUse({ path, value: 'SSO', mend: 'use IAM, or another compute.runtime', why })];
}
