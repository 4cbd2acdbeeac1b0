import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import zhCn from './zh-CN.json';

const KEY = 'zhitong.language';

/** The languages of the pages, the first one first. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const isLanguage = (text: string | null): text is Language => LANGUAGES.some((one) => one === text);

/** The language that the reader chose; Chinese until one was chosen. */
export function language(): Language {
  const chosen = localStorage.getItem(KEY);
  return isLanguage(chosen) ? chosen : LANGUAGES[0];
}

/** Brings the words of a language that are not there yet: those of the first one come with the pages. */
async function learn(wanted: Language): Promise<void> {
  if (i18next.hasResourceBundle(wanted, 'translation')) return;
  const { default: words } = await import('./en.json');
  i18next.addResourceBundle(wanted, 'translation', words);
}

export async function chooseLanguage(chosen: Language): Promise<void> {
  await learn(chosen);
  localStorage.setItem(KEY, chosen);
  document.documentElement.lang = chosen;
  await i18next.changeLanguage(chosen);
}

/** Makes the words of the pages ready. */
export async function startLanguages(): Promise<void> {
  document.documentElement.lang = language();
  await i18next.use(initReactI18next).init({
    lng: LANGUAGES[0],
    fallbackLng: LANGUAGES[0],
    resources: { 'zh-CN': { translation: zhCn } },
    interpolation: { escapeValue: false },
  });
  await learn(language());
  await i18next.changeLanguage(language());
}
