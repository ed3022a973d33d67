import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

interface DateFieldProps extends Omit<
  TextInputProps,
  'type' | 'value' | 'defaultValue' | 'onChange' | 'onBlur' | 'min' | 'max'
> {
  /** `YYYY-MM-DD`, or nothing. */
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  /** Empty once nothing is left in the field. Outside of `min` and `max` only when the field is left. */
  onChange: (date: string) => void;
}

/**
 * A day of the calendar. Who types 11/28/2026 types the months 1 and 11 and the years 2, 20 and 202 on the way, so what is still
 * being typed is told only where it fits.
 */
export function DateField({ value, min, max, onChange, ...props }: DateFieldProps) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    setTyped(value);
  }
  const isWhole = (date: string) => date >= '2000';
  const fits = (date: string) => isWhole(date) && date >= (min ?? date) && date <= (max ?? date);
  return (
    <TextInput
      {...props}
      type="date"
      min={min}
      max={max}
      value={typed}
      onChange={({ currentTarget: { value: date } }) => {
        setTyped(date);
        if (date === '' || fits(date)) onChange(date);
      }}
      onBlur={() => {
        if (isWhole(typed) && typed !== value) onChange(typed);
        else setTyped(value);
      }}
    />
  );
}
