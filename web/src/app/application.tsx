import { ConfigProvider } from 'antd';
import enUs from 'antd/locale/en_US.js';
import zhCn from 'antd/locale/zh_CN.js';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { Provider } from 'urql';
import { client } from '../graph/client.js';
import { pagesRouter } from './routes.js';
import { theme } from './theme.js';
import './application.css';

/** The nonce that this answer's content policy allows style elements by. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.nonce ?? '';

/** Everything around the pages: client, component library, addresses. */
export function Application(): ReactNode {
  const { i18n } = useTranslation();
  const router = useMemo(pagesRouter, []);
  return (
    <ConfigProvider
      theme={theme}
      csp={{ nonce }}
      locale={i18n.language === 'en' ? enUs : zhCn}
      button={{ autoInsertSpace: false }}
    >
      <Provider value={client}>
        <RouterProvider router={router} />
      </Provider>
    </ConfigProvider>
  );
}
