import { ActionIcon } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useCopy } from '../../ui/use-copy.ts';

/** Copies what `text` gives when it is pressed. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const shown = copied ? t('chat.copied') : label;
  return (
    <Tooltip label={shown}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={shown} onClick={() => void copy(text())}>
        {copied ? <Check size={14} /> : <Copy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
