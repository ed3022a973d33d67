import { Progress, Text } from '@mantine/core';
import type { PasswordInputProps } from '@mantine/core';
import { useTranslation } from '../texts/language.ts';
import { PasswordInput } from './password-input.tsx';
import { passwordStrength } from './password-strength.ts';

interface NewPasswordFieldProps extends PasswordInputProps {
  value: string;
}

const colors = ['orange', 'orange', 'yellow', 'teal', 'teal'];

/** A password to be chosen, with a hint of how hard it is to guess. */
export function NewPasswordField({ value, ...props }: NewPasswordFieldProps) {
  const { t } = useTranslation();
  const strength = passwordStrength(value);
  const words = [
    t('session.strengthTooShort'),
    t('session.strengthWeak'),
    t('session.strengthFair'),
    t('session.strengthGood'),
    t('session.strengthStrong'),
  ];
  const word = words[strength] ?? '';
  return (
    <div>
      <PasswordInput value={value} autoComplete="new-password" description={t('session.passwordHint')} {...props} />
      {value !== '' && (
        <>
          <Progress value={(strength + 1) * 20} color={colors[strength] ?? 'orange'} size={4} mt={8} aria-hidden />
          <Text size="xs" c="dimmed" mt={4} component="output" display="block">
            {t('session.strengthLabel', { strength: word })}
          </Text>
        </>
      )}
    </div>
  );
}
