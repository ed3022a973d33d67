import type { CSSVariablesResolver } from '@mantine/core';

/** Our own colour variables, and Mantine's where their contrast or temperature does not fit ours. */
export const resolveVariables: CSSVariablesResolver = () => ({
  // The mark's red is the mark's alone: elsewhere red means danger.
  variables: { '--pinchy-mark': '#c03d2b' },
  light: {
    '--pinchy-surface': '#ffffff',
    '--pinchy-sunken': 'var(--mantine-color-gray-0)',
    '--pinchy-hover': 'var(--mantine-color-gray-1)',
    '--pinchy-line': 'var(--mantine-color-gray-2)',
    '--pinchy-accent-text': 'var(--mantine-color-tide-7)',
    '--pinchy-accent-soft': 'var(--mantine-color-tide-0)',
    '--mantine-color-dimmed': '#65645f',
    '--mantine-color-error': '#c22a2a',
    '--mantine-color-placeholder': '#75746f',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-teal-light-color': '#05674a',
    '--mantine-color-yellow-light-color': '#7a4d00',
    '--mantine-color-orange-light-color': '#9a3a06',
  },
  dark: {
    '--pinchy-surface': 'var(--mantine-color-dark-7)',
    '--pinchy-sunken': 'var(--mantine-color-dark-8)',
    '--pinchy-hover': 'var(--mantine-color-dark-6)',
    '--pinchy-line': 'var(--mantine-color-dark-5)',
    '--pinchy-accent-text': 'var(--mantine-color-tide-4)',
    '--pinchy-accent-soft': 'rgba(74, 140, 193, 0.18)',
    '--mantine-color-yellow-light': 'rgba(240, 170, 40, 0.18)',
    '--mantine-color-yellow-light-hover': 'rgba(240, 170, 40, 0.26)',
    '--mantine-color-orange-light': 'rgba(240, 120, 40, 0.2)',
    '--mantine-color-orange-light-hover': 'rgba(240, 120, 40, 0.28)',
    '--mantine-color-tide-light': 'rgba(74, 140, 193, 0.22)',
    '--mantine-color-tide-light-hover': 'rgba(74, 140, 193, 0.3)',
    '--mantine-color-tide-light-color': 'var(--mantine-color-tide-3)',
    '--mantine-color-body': 'var(--mantine-color-dark-7)',
    '--mantine-color-text': 'var(--mantine-color-dark-0)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': '#ff8d80',
    '--mantine-color-placeholder': '#8f8e8a',
    '--mantine-color-default': 'var(--mantine-color-dark-6)',
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
  },
});
