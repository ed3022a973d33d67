import { Modal } from '@mantine/core';
import { CopyLink } from './copy-link.tsx';

interface LinkDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  hint: string;
  link: string;
}

/** Shows a link that can be seen only now. */
export function LinkDialog({ opened, onClose, title, hint, link }: LinkDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeOnClickOutside={false}>
      <CopyLink hint={hint} link={link} />
    </Modal>
  );
}
