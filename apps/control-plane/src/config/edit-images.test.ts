import { defaultDomainFile, readDomain } from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addImageToText, removeImageFromText } from './edit-images.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const image = {
  ...{ imageName: 'custom', displayName: 'Custom, [ours]: 1', version: '1.10' },
  rootFileSystem: { oci: 'oci:./images/custom:latest', digest },
  kernels: ['python3', 'ir'],
};

describe('an image in the text of the domain file', () => {
  it('is added with its own lines alone', () => {
    const added = addImageToText(defaultDomainFile, image);
    expect(parse(added).images.at(-1)).toEqual(image);
    expect(added.replace(/ {2}- imageName: custom\n(?: {4}.*\n)+/, '')).toBe(defaultDomainFile);
    const { domain } = readDomain(added, '/srv/strongroom.yaml', 'strongroom.yaml');
    expect(domain.images.at(-1)).toMatchObject({
      ...{ imageName: 'custom', version: '1.10', kernels: ['python3', 'ir'] },
      rootFileSystem: { kind: 'oci', reference: 'oci:/srv/images/custom:latest', digest },
    });
  });

  it('is removed with its own lines alone', () => {
    expect(removeImageFromText(addImageToText(defaultDomainFile, image), 'custom')).toBe(
      defaultDomainFile,
    );
    expect(removeImageFromText(defaultDomainFile, 'custom')).toBe(defaultDomainFile);
  });

  it('is added where the list is written in one line', () => {
    const text = 'images: [{ imageName: a, displayName: A, rootFileSystem: host }] # ours\n';
    const added = addImageToText(text, image);
    expect(parse(added).images).toHaveLength(2);
    expect(added).toContain('# ours');
  });

  it.each([
    ['a folder', { folder: '/srv/root, or: [not]' }],
    ['the host', 'host' as const],
  ])('says %s as the file does', (_what, rootFileSystem) => {
    const added = addImageToText(defaultDomainFile, { ...image, rootFileSystem });
    expect(parse(added).images.at(-1).rootFileSystem).toEqual(rootFileSystem);
  });
});
