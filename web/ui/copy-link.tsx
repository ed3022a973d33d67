import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from '../texts/language.ts';
import { QrCode } from './qr-code.tsx';
import { useCopy } from './use-copy.ts';

/** A link to copy and pass on. */
export function CopyLink({ hint, link, onCopied }: { hint: string; link: string; onCopied?: () => void }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <Stack gap="sm">
      <Text size="sm">{hint}</Text>
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <TextInput
          label={t('common.link')}
          value={link}
          readOnly
          flex={1}
          onFocus={(event) => event.currentTarget.select()}
          onCopy={onCopied}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        />
        <Button
          onClick={async () => {
            if (await copy(link)) onCopied?.();
          }}
          data-autofocus
          leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        >
          {t(copied ? 'common.copied' : 'common.copy')}
        </Button>
      </Group>
      <Stack align="center" gap={4}>
        <QrCode value={link} label={t('common.linkQr')} size={180} />
        <Text size="sm" c="dimmed">
          {t('common.linkScan')}
        </Text>
      </Stack>
    </Stack>
  );
}
