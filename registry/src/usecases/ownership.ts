import type { Actor } from '@zhitong/kit';
import { machineOf, mayPublish } from '../domain/access.js';
import { RegistryRefusal } from '../domain/registry-refusal.js';
import type { Head } from '../models/head.js';
import type { Stores } from '../stores.js';

/** The owner of a department; undefined where there never was one of the name. Who left keeps his name. */
export async function ownerOf(stores: Stores, head: Head, department: string): Promise<string | null | undefined> {
  const part = head.parts.find((one) => one.department === department);
  if (part !== undefined) return part.owner;
  const [last] = await stores.publications.history({ department, limit: 1 });
  return last?.owner;
}

/** Lets pass who may publish for a department, in the graph or as a draft. @throws RegistryRefusal */
export function requireOwner(actor: Actor, department: string, owner: string | null | undefined): void {
  if (mayPublish(actor, { department, owner })) return;
  if (actor.service !== undefined && actor.service !== department)
    throw new RegistryRefusal('FORBIDDEN', {
      en: `This token is of the machine of ${actor.service}, which does not speak for ${department}.`,
      zh: `该令牌属于 ${actor.service} 的机器身份，无权代表 ${department}。`,
    });
  throw new RegistryRefusal(
    'FORBIDDEN',
    machineOf(actor) === null
      ? {
          en: 'Schemas are published by departments under their machine identity (role SERVICE), and by administrators.',
          zh: '模式只能由部门以其机器身份（角色 SERVICE）或由管理员发布。',
        }
      : {
          en: `${department} belongs to ${owner ?? 'the administrators'}, and ${machineOf(actor) ?? ''} is another department.`,
          zh: `${department} 属于${owner ?? '管理员'}，${machineOf(actor) ?? ''} 是另一部门。`,
        },
  );
}
