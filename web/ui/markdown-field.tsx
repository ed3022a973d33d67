import { Group, SegmentedControl, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { Suspense, useId, useState } from 'react';
import { useTranslation } from '../texts/language.ts';
import classes from './markdown-field.module.css';
import { lazyPart } from './import-part.ts';

const MarkdownPreview = lazyPart(async () => ({ default: (await import('./markdown-preview.tsx')).MarkdownPreview }));

interface MarkdownFieldProps {
  label: string;
  /** Where a heading says it already. */
  isLabelHidden?: boolean;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  placeholder?: string;
  disabled?: boolean;
  minRows?: number;
  /** With a limit the length is counted and shown. */
  maximum?: number;
}

/** A text in Markdown with a preview. */
export function MarkdownField(props: MarkdownFieldProps) {
  const { label, isLabelHidden = false, description, value, onChange, error, placeholder, maximum } = props;
  const { disabled = false, minRows = 12 } = props;
  const { t, locale } = useTranslation();
  const [mode, setMode] = useState<'edit' | 'preview'>('edit');
  const counterId = useId();
  const number = new Intl.NumberFormat(locale);
  const tooMany = maximum === undefined ? 0 : value.length - maximum;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-end" gap="xs">
        <div style={{ flex: isLabelHidden ? 'none' : '1 1 220px' }}>
          <Text
            fw={550}
            size="sm"
            component="label"
            htmlFor={`${counterId}-field`}
            className={isLabelHidden ? 'visually-hidden' : undefined}
          >
            {label}
          </Text>
          {description && (
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          )}
        </div>
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={(next) => setMode(next as 'edit' | 'preview')}
          aria-label={label}
          data={[
            { value: 'edit', label: t('common.edit') },
            { value: 'preview', label: t('common.preview') },
          ]}
        />
      </Group>
      {mode === 'edit' ? (
        <Textarea
          id={`${counterId}-field`}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          autosize
          minRows={minRows}
          maxRows={28}
          placeholder={placeholder}
          disabled={disabled}
          error={error ?? tooMany > 0}
          aria-describedby={maximum === undefined ? undefined : counterId}
          classNames={{ input: classes.input }}
          spellCheck
        />
      ) : (
        <div className={classes.preview} style={{ minHeight: `${minRows * 1.65}rem` }}>
          {value.trim() === '' ? (
            <Text c="dimmed" size="sm">
              {t('common.nothingToPreview')}
            </Text>
          ) : (
            <Suspense fallback={<Skeleton height={120} />}>
              <MarkdownPreview text={value} />
            </Suspense>
          )}
        </div>
      )}
      {maximum !== undefined && (
        <Text id={counterId} size="xs" c={tooMany > 0 ? 'var(--mantine-color-error)' : 'dimmed'} ta="end">
          {tooMany > 0
            ? t('common.charactersTooMany', { count: tooMany })
            : t('common.charactersOf', { used: number.format(value.length), maximum: number.format(maximum) })}
        </Text>
      )}
    </Stack>
  );
}
