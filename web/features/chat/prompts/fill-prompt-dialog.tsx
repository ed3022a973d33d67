import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { promptFields } from '../../../../contract/prompt-fields.ts';
import type { Prompt } from '../../../../contract/prompts.ts';
import { useTranslation } from '../../../texts/language.ts';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';

interface FillPromptDialogProps {
  prompt: Prompt;
  onFilled: (values: Record<string, string>) => void;
  onClose: () => void;
}

/** Asks for what a prompt leaves open, one field for each name. */
export function FillPromptDialog({ prompt, onFilled, onClose }: FillPromptDialogProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, string>>({});
  const [isTried, setTried] = useState(false);
  // A dialog takes the focus a while after it is there, twice: it would fall back behind somebody who types fast.
  const [current, setCurrent] = useState(0);
  const fields = promptFields(prompt.text);
  const valueOf = (field: string) => (Object.hasOwn(values, field) ? values[field]! : '');
  const isMissing = (field: string) => valueOf(field).trim() === '';
  const finish = () => {
    setTried(true);
    const missing = fields.findIndex(isMissing);
    if (missing < 0) onFilled(Object.fromEntries(fields.map((field) => [field, valueOf(field).trim()])));
    else document.getElementById(idOf(missing))?.focus();
  };
  return (
    <FormDialog
      onClose={onClose}
      title={prompt.name}
      submitLabel={t('prompts.insert')}
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      {fields.map((field, index) => (
        <Textarea
          key={field}
          id={idOf(index)}
          label={field}
          autosize
          minRows={1}
          maxRows={6}
          required
          withAsterisk={false}
          ref={index === 0 ? focusOnMount : undefined}
          data-autofocus={index === current || undefined}
          onFocus={() => setCurrent(index)}
          value={valueOf(field)}
          error={isTried && isMissing(field) ? t('prompts.fieldMissing') : null}
          onChange={({ currentTarget: { value } }) => setValues((before) => ({ ...before, [field]: value }))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            const next = document.getElementById(idOf(index + 1));
            if (next) next.focus();
            else finish();
          }}
        />
      ))}
    </FormDialog>
  );
}

const idOf = (index: number) => `prompt-field-${index}`;
