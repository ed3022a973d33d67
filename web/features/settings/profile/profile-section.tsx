import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import { call } from '../../../api/client.ts';
import { ContextEditor } from '../context-editor.tsx';
import { LanguageForm } from './language-form.tsx';
import { NameForm } from './name-form.tsx';
import { PasswordForm } from './password-form.tsx';

const ownContextKey = ['own-context'];

export function ProfileSection() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ownContextKey,
    queryFn: async ({ signal }) => (await call('getMyContext', { signal })).content,
  });
  return (
    <>
      <NameForm />
      <LanguageForm />
      <ContextEditor
        title={t('settings.profile.contextTitle')}
        hint={t('settings.profile.contextHint')}
        placeholder={t('settings.profile.contextPlaceholder')}
        query={query}
        queryKey={ownContextKey}
        save={(content) => call('putMyContext', { body: { content } })}
      />
      <PasswordForm />
    </>
  );
}
