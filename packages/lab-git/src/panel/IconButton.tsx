import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReactNode } from 'react';

export interface IconButtonProps {
  readonly icon: LabIcon;
  readonly label: string;
  readonly onClick: () => void;
  readonly isDisabled?: boolean;
  readonly tabIndex?: number;
  /** Beside the icon. */
  readonly children?: ReactNode;
}

/** A disabled one keeps the focus: it is only said to be disabled, and does nothing. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, onClick, isDisabled = false, tabIndex, children } = props;
  return (
    <button
      type="button"
      className="sr-Git-iconButton"
      title={label}
      aria-label={label}
      aria-disabled={isDisabled}
      tabIndex={tabIndex}
      onClick={() => {
        if (!isDisabled) onClick();
      }}
    >
      <icon.react tag="span" />
      {children}
    </button>
  );
}
