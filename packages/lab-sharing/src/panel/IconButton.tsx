import type { LabIcon } from '@jupyterlab/ui-components';

export interface IconButtonProps {
  readonly icon: LabIcon;
  readonly label: string;
  readonly onClick: () => void;
}

export function IconButton({ icon, label, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className="sr-Shares-button"
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      <icon.react tag="span" />
    </button>
  );
}
