import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';

interface ChoiceGroupProps {
  /** Heard, not seen: what stands above says it already. */
  label: string;
  value: string | null;
  onChange: (value: string) => void;
  children: ReactNode;
}

/** Radio buttons or cards under a name; an `aria-label` of `Radio.Group` stands outside its role and names nothing. */
export function ChoiceGroup({ children, ...group }: ChoiceGroupProps) {
  return (
    <Radio.Group labelProps={{ className: 'visually-hidden' }} {...group}>
      {children}
    </Radio.Group>
  );
}
