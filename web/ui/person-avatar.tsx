import { Avatar } from '@mantine/core';

/** A person's initials. */
export function PersonAvatar({ name, size = 32 }: { name: string; size?: number }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? ([...word][0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase();
  return (
    <Avatar
      size={size}
      radius="xl"
      color="gray"
      variant="filled"
      aria-hidden
      styles={{ placeholder: { fontSize: size * 0.42 } }}
    >
      {initials}
    </Avatar>
  );
}
