/**
 * How much the status bar's items may say, from everything to the least; each package's style says what of its
 * items goes with which (`[data-sr-room="…"]`). From `menu` on what gives way is in the bar's own menu.
 */
export const rooms = ['full', 'short', 'brief', 'menu', 'least'] as const;

export type Room = (typeof rooms)[number];

/** The first that fits; the least where none does. `fits` lays the bar out and looks. */
export function findRoom(fits: (room: Room) => boolean): Room {
  return rooms.find((room) => fits(room)) ?? 'least';
}
