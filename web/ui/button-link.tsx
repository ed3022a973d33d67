import { Anchor, Button } from '@mantine/core';
import type { AnchorProps, ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type ButtonAnchorProps = ButtonProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { ref?: Ref<HTMLAnchorElement> };
type TextAnchorProps = AnchorProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & { ref?: Ref<HTMLAnchorElement> };

/** A button that is a link of the router. */
export const ButtonLink = createLink(({ ref, ...props }: ButtonAnchorProps) => (
  <Button component="a" ref={ref} {...props} />
));

/** A text link of the router. */
export const TextLink = createLink(({ ref, ...props }: TextAnchorProps) => (
  <Anchor ref={ref} inherit underline="always" {...props} />
));
