import { Alert } from '@mantine/core';
import { CircleAlert } from 'lucide-react';

/** What went wrong with a form as a whole; announced when it appears. */
export function FormAlert({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <Alert role="alert" variant="light" color="red" icon={<CircleAlert size={18} aria-hidden />} p="sm">
      {message}
    </Alert>
  );
}
