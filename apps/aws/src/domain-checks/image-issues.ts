import { cannotUse, type Domain, type DomainFileIssue } from '@strongroom/domain';

/** Images of a registry, one for each image of the domain at most, in the domain's own region. */
export function imageIssues(domain: Domain): DomainFileIssue[] {
  const names = domain.images.map(({ imageName }) => imageName);
  const listed = domain.aws.images.flatMap(({ imageName, uri }, index) => {
    const place = ['aws', 'images', index];
    return [
      ...(names.includes(imageName)
        ? []
        : [unknownImage([...place, 'imageName'], imageName, names)]),
      ...(isFirst(domain, index) ? [] : [repeated([...place, 'imageName'], imageName)]),
      ...regionIssues([...place, 'uri'], uri, domain.domain.region),
    ];
  });
  return [...listed, ...nothingToRun(domain)];
}

function isFirst({ aws }: Domain, index: number): boolean {
  const name = aws.images[index]?.imageName;
  return aws.images.findIndex(({ imageName }) => imageName === name) === index;
}

function unknownImage(path: (string | number)[], value: string, names: readonly string[]) {
  const mend = `use one of images: ${names.slice(0, 10).join(', ')}`;
  return cannotUse({ path, value, mend, why: 'there is no such image' });
}

function repeated(path: (string | number)[], value: string) {
  return cannotUse({ path, value, mend: 'use each name once', why: 'it stands here twice' });
}

/** SageMaker Developer Guide, "Bring your own image": the registry is in the domain's region. */
function regionIssues(path: (string | number)[], uri: string, region: string): DomainFileIssue[] {
  if (uri.split('.')[3] === region) return [];
  const why = `SageMaker reads images of ${region} alone`;
  return [cannotUse({ path, value: uri, mend: `push it to a repository in ${region}`, why })];
}

function nothingToRun({ aws }: Domain): DomainFileIssue[] {
  if (aws.distributionImages || aws.images.length > 0) return [];
  const why = 'aws.images has none either, so no notebook could start';
  const path = ['aws', 'distributionImages'];
  return [cannotUse({ path, value: false, mend: 'name an image under aws.images', why })];
}
