import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

interface PageLinkProps {
  /** A page of the console. */
  readonly to: string;
  readonly ariaLabel?: string;
  readonly children: ReactNode;
}

/** Goes there without loading the console anew; a new tab and a copied address work too. */
export function PageLink({ to, ariaLabel, children }: PageLinkProps) {
  const navigate = useNavigate();
  return (
    <Link
      href={to}
      {...(ariaLabel === undefined ? {} : { ariaLabel })}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}
