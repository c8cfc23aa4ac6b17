import type { ComponentProps } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Keycaps } from './keycaps.tsx'

type ButtonProps = ComponentProps<'button'> & {
  kind?: 'plain' | 'primary' | 'quiet' | 'danger'
  icon?: IconName
  /** The key that does the same. */
  keyName?: string
}

export function Button({ kind = 'plain', icon, keyName, children, className = '', ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button is-${kind} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children && <span className="button-text">{children}</span>}
      {keyName && <Keycaps name={keyName} />}
    </button>
  )
}

export function IconButton({
  icon,
  label,
  className = '',
  ...rest
}: ComponentProps<'button'> & { icon: IconName; label: string }) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  )
}
