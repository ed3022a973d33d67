import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

interface DateFieldProps extends Omit<TextInputProps, 'type' | 'value' | 'defaultValue' | 'onChange' | 'onBlur'> {
  /** `YYYY-MM-DD`, or nothing. */
  value: string;
  /** Empty once nothing is left in the field. */
  onChange: (date: string) => void;
}

/** Whoever types the year 2026 has typed 2, 20 and 202 before, which are years as well. */
const isTypedWhole = (date: string): boolean => date === '' || date >= '2000';

/** A day of the calendar, told as soon as its year is whole. What never became one goes with the focus. */
export function DateField({ value, onChange, ...props }: DateFieldProps) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    setTyped(value);
  }
  return (
    <TextInput
      {...props}
      type="date"
      value={typed}
      onChange={({ currentTarget: { value: date } }) => {
        setTyped(date);
        if (isTypedWhole(date)) onChange(date);
      }}
      onBlur={() => setTyped(value)}
    />
  );
}
