import { MantineProvider } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { theme } from './theme.ts';

/** The look of everything; follows the system's colour scheme. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  // Dialogs, drawers and notices bring a cross along that says nothing to a screen reader by itself.
  const labelled = useMemo(
    () => ({
      ...theme,
      components: { ...theme.components, CloseButton: { defaultProps: { 'aria-label': t('common.close') } } },
    }),
    [t],
  );
  return (
    <MantineProvider theme={labelled} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
