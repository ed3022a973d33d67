import { Progress, Text } from '@mantine/core';
import type { PasswordInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { passwordProblem } from '../../contract/password.ts';
import { useTranslation } from '../texts/language.ts';
import { loadCommonPasswords } from './common-passwords.ts';
import { PasswordInput } from './password-input.tsx';
import { passwordStrength } from './password-strength.ts';

interface NewPasswordFieldProps extends PasswordInputProps {
  value: string;
}

const colors = ['orange', 'yellow', 'teal', 'teal'] as const;
const strengths = [
  'joining.strengthWeak',
  'joining.strengthFair',
  'joining.strengthGood',
  'joining.strengthStrong',
] as const;
const problems = {
  short: 'joining.strengthTooShort',
  long: 'joining.strengthTooLong',
  common: 'joining.strengthCommon',
} as const;

/** A password to be chosen, with whether the server accepts it and how hard it is to guess. */
export function NewPasswordField({ value, ...props }: NewPasswordFieldProps) {
  const { t } = useTranslation();
  const common = useCommonPasswords(value !== '');
  const problem = common && passwordProblem(value, common);
  const strength = passwordStrength(value);
  return (
    <div>
      <PasswordInput value={value} autoComplete="new-password" description={t('joining.passwordHint')} {...props} />
      {value !== '' && common && (
        <>
          <Progress
            value={problem ? 10 : strength * 25}
            color={problem ? 'orange' : colors[strength - 1]!}
            size={4}
            mt={8}
            aria-hidden
          />
          <Text
            size="xs"
            c={problem ? 'var(--mantine-color-error)' : 'dimmed'}
            mt={4}
            component="output"
            display="block"
          >
            {problem ? t(problems[problem]) : t('joining.strengthLabel', { strength: t(strengths[strength - 1]!) })}
          </Text>
        </>
      )}
    </div>
  );
}

/** Those that the server refuses, once a password is typed; undefined while they are loaded. */
function useCommonPasswords(isNeeded: boolean): ReadonlySet<string> | undefined {
  const [common, setCommon] = useState<ReadonlySet<string>>();
  useEffect(() => {
    if (isNeeded) void loadCommonPasswords().then(setCommon);
  }, [isNeeded]);
  return common;
}
