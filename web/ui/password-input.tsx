import { PasswordInput as MantinePasswordInput } from '@mantine/core';
import type { PasswordInputProps } from '@mantine/core';
import { useTranslation } from '../texts/language.ts';

/** Mantine's, which shows an error but does not say so to a screen reader, and names its button in English. */
export function PasswordInput(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <MantinePasswordInput
      aria-invalid={props.error ? true : undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
      {...props}
    />
  );
}
