import { expect, it } from 'vitest';
import { findRoom, rooms } from './status-room.ts';

it('a status bar says as much as fits, and the least where nothing does', () => {
  const tried: string[] = [];
  const fits = (fitting: string) => (room: string) => {
    tried.push(room);
    return room === fitting;
  };
  expect(findRoom(fits('full'))).toBe('full');
  expect(tried).toEqual(['full']);
  expect(findRoom(fits('menu'))).toBe('menu');
  expect(tried.slice(1)).toEqual(['full', 'short', 'brief', 'menu']);
  expect(findRoom(fits('nothing'))).toBe('least');
  expect(tried.slice(5)).toEqual(rooms);
});
