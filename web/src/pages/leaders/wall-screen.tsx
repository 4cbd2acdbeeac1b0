import { Button } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAskAgain } from '../../graph/page-query.js';

const REFRESHED_EVERY_MS = 300_000;

const useWall = (): boolean => useSearchParams()[0].has('wall');

/** Lets the page fill a wall screen: large, without what is only for a desk; the address keeps it. */
export function WallSwitch(): ReactNode {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const isWall = useWall();
  useEffect(() => {
    document.documentElement.classList.toggle('wall', isWall);
    return () => document.documentElement.classList.remove('wall');
  }, [isWall]);
  const change = (): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (isWall) after.delete('wall');
      else after.set('wall', 'true');
      return after;
    });
  return <Button onClick={change}>{t(isWall ? 'leaders.desk' : 'leaders.wall')}</Button>;
}

/** Nobody reloads a wall screen: it asks again by itself. */
export function KeptFresh(): ReactNode {
  const isWall = useWall();
  const askAgain = useAskAgain();
  useEffect(() => {
    if (!isWall) return undefined;
    const timer = setInterval(askAgain, REFRESHED_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWall, askAgain]);
  return null;
}
