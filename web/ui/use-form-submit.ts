import { type FormEventHandler, useState } from 'react';
import { showFieldErrors } from './field-errors.ts';

interface FormSubmit {
  submit: FormEventHandler<HTMLFormElement>;
  /** What went wrong and belongs to no field. */
  problem: string | null;
}

/** What of Mantine's `useForm` is needed. */
interface SubmittedForm<Values> {
  values: Values;
  setErrors: (errors: Record<string, string>) => void;
  onSubmit(act: (values: Values) => Promise<void>): FormEventHandler<HTMLFormElement>;
}

/** Does what a form is for; what the server says against it stands at the fields, or above them. */
export function useFormSubmit<Values extends object>(
  form: SubmittedForm<Values>,
  act: (values: Values) => Promise<void>,
): FormSubmit {
  const [problem, setProblem] = useState<string | null>(null);
  const submit = form.onSubmit(async (values) => {
    setProblem(null);
    try {
      await act(values);
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });
  return { submit, problem };
}
