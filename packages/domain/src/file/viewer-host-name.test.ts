import { describe, expect, it } from 'vitest';
import { defaultDomainFile } from './default-domain-file.ts';
import { readDomain } from './read-domain.ts';
import { viewerBeside } from './viewer-host-name.ts';

const named = (viewerHostName: string) =>
  defaultDomainFile.replace(
    '  # viewerHostName: viewer.localhost',
    `  viewerHostName: ${viewerHostName}`,
  );
const read = (text: string) => readDomain(text, '/srv/strongroom.yaml', 'strongroom.yaml').domain;

describe('the host name of the viewer', () => {
  it('is beside the console’s', () => {
    expect(read(defaultDomainFile).server.viewerHostName).toBe('viewer.localhost');
    expect(viewerBeside('console.bank.example')).toBe('viewer.bank.example');
    expect(viewerBeside('localhost')).toBe('viewer.localhost');
  });

  it('is what the domain file says', () => {
    expect(read(named('frames.localhost')).server.viewerHostName).toBe('frames.localhost');
  });

  it.each([
    'console.localhost',
    'viewer.studio.localhost',
    'viewer.bank.example',
    'Viewer.localhost',
  ])('is not %s', (name) => {
    expect(() => read(named(name))).toThrow(/server\.viewerHostName/);
  });
});
