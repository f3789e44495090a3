import type { ReactNode, Ref } from 'react';
import { Button, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';

/** How much a button asks for attention. */
export type ButtonLook = 'plain' | 'main' | 'warn' | 'quiet' | 'link' | 'icon';

const classes: Readonly<Record<ButtonLook, string>> = {
  plain: 'button',
  main: 'button button-main',
  warn: 'button button-warn',
  quiet: 'button button-quiet',
  link: 'button button-link',
  icon: 'button button-quiet button-icon',
};

/** A button; with `tip`, a sentence shown on hover and focus. */
export function ActionButton({
  look = 'plain',
  tip,
  className,
  ...props
}: Omit<ButtonProps, 'className'> & {
  look?: ButtonLook;
  tip?: ReactNode;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}) {
  const button = <Button {...props} className={className ? `${classes[look]} ${className}` : classes[look]} />;
  if (tip === undefined) return button;
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {button}
      <Tooltip className="tooltip" offset={6}>
        {tip}
      </Tooltip>
    </TooltipTrigger>
  );
}
