import { useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import type { MenuEntry } from './navigation.js';

/** Where one can go: addresses, and groups of them that a press opens. In one row on a desk. */
export function Menu({ entries }: { entries: readonly MenuEntry[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('shell.menu')}>
      {entries.map((entry) =>
        typeof entry === 'string' ? (
          <NavLink key={entry} to={entry}>
            {t(`menu.${entry}`)}
          </NavLink>
        ) : (
          <Group key={entry.group} {...entry} />
        ),
      )}
    </nav>
  );
}

/**
 * A group of addresses below its button. It closes when one goes on, by Escape, which gives the focus back, and when
 * the focus has left it.
 */
function Group({ group, pages }: Exclude<MenuEntry, string>): ReactNode {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    setOpen(false);
    button.current?.focus();
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) setOpen(false);
  };
  return (
    <div className="menu-group" onKeyDown={close} onBlur={leave}>
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        className={pages.includes(pathname) ? 'current' : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {t(`menuGroup.${group}`)} <span aria-hidden>▾</span>
      </button>
      {isOpen && (
        // Whoever presses a link with the mouse stays within the group, in browsers too that give links no focus.
        <div className="menu-pages" tabIndex={-1}>
          {pages.map((address) => (
            <NavLink key={address} to={address} onClick={() => setOpen(false)}>
              {t(`menu.${address}`)}
            </NavLink>
          ))}
        </div>
      )}
    </div>
  );
}
