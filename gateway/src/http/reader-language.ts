import type { ApolloServerPlugin } from '@apollo/server';
import { LANGUAGES, type Language } from '@zhitong/kit';
import type { GraphQLFormattedError } from 'graphql';
import Negotiator from 'negotiator';
import type { GatewayContext } from '../request-context.js';

/**
 * The language that a caller reads, by `Accept-Language` (RFC 9110, 12.5.4): English unless Chinese is asked for before
 * it. Nothing stated, or only languages that the hub does not speak, is English.
 * @example languageOf({ 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }) //=> 'zh'
 */
export const languageOf = (headers: Readonly<Record<string, string | string[] | undefined>>): Language =>
  headers['accept-language'] === undefined ? 'en' : (chosen(new Negotiator({ headers }).languages()) ?? 'en');

/** The first that the hub speaks, most wanted first; `zh-Hans-CN` is Chinese, and `*` leaves the choice to the hub. */
function chosen(wanted: readonly string[]): Language | undefined {
  const primary = wanted.map((tag) => (tag === '*' ? 'en' : tag.split('-')[0]?.toLowerCase()));
  return primary.map((tag) => LANGUAGES.find((language) => language === tag)).find((found) => found !== undefined);
}

/**
 * An error in the reader's language: its words in Chinese are its message, where it has them. What is wrong with a
 * document itself is said in English, for who wrote it.
 */
export function errorIn(language: Language, error: GraphQLFormattedError): GraphQLFormattedError {
  const zh = language === 'zh' ? chineseOf(error.extensions ?? {}) : undefined;
  return zh === undefined ? error : { ...error, message: zh };
}

function chineseOf({ code, zh, subgraph, reference }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof zh === 'string') return zh;
  if (code === 'DEPARTMENT_UNAVAILABLE' && typeof subgraph === 'string')
    return `部门系统“${subgraph}”没有响应，其内容暂缺`;
  return code === 'INTERNAL' && typeof reference === 'string' ? `系统内部出错，编号 ${reference}` : undefined;
}

/** Gives each answer its errors in the reader's language. */
export function errorsInReadersLanguage(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue: { language } }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (singleResult.errors !== undefined)
            singleResult.errors = singleResult.errors.map((error) => errorIn(language, error));
        },
      };
    },
  };
}
