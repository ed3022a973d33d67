import { Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import { usersQuery } from '../../settings/users/user-queries.ts';

interface AboutForm {
  getInputProps(field: 'description' | 'responsibleUserId' | 'reviewAt'): object;
}

/** At a time; more are found by typing. */
const offered = 50;

/** What it is for, who answers for it, and when it is looked at again. */
export function AboutFields({ form }: { form: AboutForm }) {
  const { t } = useTranslation();
  const { data: people = [] } = useQuery(usersQuery);
  return (
    <>
      <Textarea
        label={t('agents.description')}
        description={t('agents.descriptionHint')}
        maxLength={2_000}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('description')}
      />
      <Select
        label={t('agents.responsible')}
        description={t('agents.responsibleHint')}
        placeholder={t('agents.responsibleNone')}
        searchable
        clearable
        limit={offered}
        data={people
          .filter(({ banned }) => !banned)
          .map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
        {...form.getInputProps('responsibleUserId')}
      />
      <TextInput
        type="date"
        label={t('agents.reviewAt')}
        description={t('agents.reviewAtHint')}
        styles={{ wrapper: { maxWidth: 220 } }}
        {...form.getInputProps('reviewAt')}
      />
    </>
  );
}
