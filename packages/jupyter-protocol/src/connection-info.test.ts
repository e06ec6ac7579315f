import { expect, test } from 'vitest';
import { allSocketPaths, endpointOf, formatConnectionFile } from './connection-info.ts';

const info = { socketPathPrefix: '/run/strongroom/k/1', key: 'secret', kernelName: 'python3' };

test('a connection file names the sockets that are connected to', () => {
  const file = JSON.parse(formatConnectionFile(info));
  expect(file).toMatchObject({ transport: 'ipc', signature_scheme: 'hmac-sha256', key: 'secret' });
  expect(endpointOf(info, 'iopub')).toBe(`ipc://${file.ip}-${file.iopub_port}`);
  expect(endpointOf(info, 'stdin')).toBe(`ipc://${file.ip}-${file.stdin_port}`);
  const ports = [
    file.shell_port,
    file.iopub_port,
    file.stdin_port,
    file.control_port,
    file.hb_port,
  ];
  expect(ports.map((port) => `${file.ip}-${port}`)).toEqual(allSocketPaths(info));
  expect(new Set(ports).size).toBe(5);
});

test('a socket path that the kernel could not bind is refused before anything is started', () => {
  const longest = { ...info, socketPathPrefix: `/${'x'.repeat(104)}` };
  expect(() => formatConnectionFile(longest)).not.toThrow();
  const tooLong = { ...info, socketPathPrefix: `/${'x'.repeat(105)}` };
  expect(() => formatConnectionFile(tooLong)).toThrow(
    expect.objectContaining({ code: 'SocketPathTooLong' }),
  );
});
