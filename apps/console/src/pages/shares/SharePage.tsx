import type { Person } from '@strongroom/contracts';
import { SharedNotebook } from './SharedNotebook.tsx';
import { WatchedShare } from './WatchedShare.tsx';
import './shares.css';

/** The page behind a link that somebody was given. */
export function SharePage({ person }: { person: Person }) {
  return (
    <WatchedShare person={person}>
      {(share, isDisconnected) => (
        <SharedNotebook key={share.shareId} {...{ share, person, isDisconnected }} />
      )}
    </WatchedShare>
  );
}
