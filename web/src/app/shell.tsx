import { Button, Modal } from 'antd';
import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigation } from 'react-router';
import { chooseLanguage } from '../i18n/language.js';
import { goRound } from './go-round.js';
import { Menu } from './menu.js';
import { MENU } from './navigation.js';
import { signInLater, signOut, useSession } from './session.js';
import { SignIn } from './sign-in.js';

/** What stands around every page: who works here, where one can go, and the sign-in where nobody is signed in. */
export function Shell(): ReactNode {
  const { t, i18n } = useTranslation();
  const { session, hasExpired } = useSession();
  const isLoading = useNavigation().state === 'loading';
  const { pathname } = useLocation();
  const content = useRef<HTMLElement>(null);
  const left = useRef(pathname);
  // A window and a printed page are told apart by their titles: what the menu calls the page, or what it is about.
  const name = i18n.exists(`menu.${pathname}`) ? t(`menu.${pathname}`) : pathname.split('/')[2];
  useEffect(() => {
    document.title = [name, t('shell.brand')].filter(Boolean).join(' · ');
  }, [name, t]);
  // Whoever follows a link stands in the page to which it leads, and not where the link was.
  useEffect(() => {
    if (left.current !== pathname && left.current !== '/') content.current?.focus();
    left.current = pathname;
  }, [pathname]);
  return (
    <div className="shell">
      <a href="#content" className="skip">
        {t('shell.skip')}
      </a>
      <header className="shell-header">
        <span className="brand">{t('shell.brand')}</span>
        <Menu entries={session === undefined ? [] : MENU[session.role]} />
        {session !== undefined && (
          <span className="user">
            {t(`enum.Role.${session.role}`)} {session.name}
          </span>
        )}
        <Button
          lang={i18n.language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => void chooseLanguage(i18n.language === 'en' ? 'zh-CN' : 'en')}
        >
          {t('shell.otherLanguage')}
        </Button>
        {session !== undefined && <Button onClick={signOut}>{t('shell.signOut')}</Button>}
      </header>
      <main id="content" ref={content} tabIndex={-1} aria-busy={isLoading} key={session?.sub ?? ''}>
        {session === undefined ? (
          <SignIn />
        ) : (
          <Suspense>
            <Outlet />
          </Suspense>
        )}
      </main>
      {/* It is closed rather than taken away, so that it gives the focus back. */}
      {session !== undefined && (
        <Modal
          open={hasExpired}
          onCancel={signInLater}
          closable={{ 'aria-label': t('signIn.later') }}
          mask={{ closable: false }}
          footer={null}
          title={t('signIn.expired')}
          wrapProps={{ onKeyDown: goRound }}
          destroyOnHidden
        >
          <SignIn again={session} />
        </Modal>
      )}
    </div>
  );
}
