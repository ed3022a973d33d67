import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import { Tooltip } from '../../ui/tooltip.tsx';

/** Copies what `text` gives when it is pressed. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 2_000 });
  const shown = clipboard.copied ? t('chat.copied') : label;
  return (
    <Tooltip label={shown}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={shown} onClick={() => clipboard.copy(text())}>
        {clipboard.copied ? <Check size={14} /> : <Copy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
