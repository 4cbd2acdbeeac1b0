import {
  printShape,
  type Field,
  type Holding,
  type InterfaceType,
  type Key,
  type ObjectType,
  type World,
} from './world.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@override", "@interfaceObject"])';
/** The project's composition wants everything described. */
const SAID = '"It." ';
const COMMON = `${SAID}scalar Json
${SAID}scalar Digits
${SAID}enum Mood { ${SAID}GLAD ${SAID}SAD ${SAID}name }
${SAID}input Wish { ${SAID}size: Int = 3 ${SAID}name: String ${SAID}tags: [String!] ${SAID}mood: Mood = GLAD ${SAID}and: Wish ${SAID}more: Json }`;

/** The schema that a department publishes. */
export function sdlOf(world: World, department: string): string {
  const objects = [...world.roots.values(), ...world.objects.values()].filter((type) =>
    type.departments.has(department),
  );
  const interfaces = [...world.interfaces.values()];
  const unions = [...world.unions.values()].filter((union) => union.departments.has(department));
  return [
    LINK,
    COMMON,
    ...objects.map((type) => printObject(world, type, department)),
    ...interfaces
      .filter((type) => type.departments.has(department))
      .map((type) => printInterface(world, type, department)),
    ...interfaces.filter((type) => type.objectIn.has(department)).map((type) => printStandIn(type, department)),
    ...unions.map(({ name, members }) => `${SAID}union ${name} = ${members.join(' | ')}`),
  ].join('\n');
}

function printObject(world: World, type: ObjectType, department: string): string {
  const keys = (type.keys.get(department) ?? []).map(printKey);
  const shown = [...type.interfaces].filter((name) => world.interfaces.get(name)?.departments.has(department));
  const fields = [...type.fields.values()].flatMap((field) => {
    const holding = field.held.get(department);
    return holding === undefined ? [] : [printField(field, holding, isShared(type, field))];
  });
  return `${SAID}type ${type.name}${shown.length === 0 ? '' : ` implements ${shown.join(' & ')}`}${keys.join('')} {\n  ${fields.join('\n  ')}\n}`;
}

/** Fields that several departments answer are shareable, but for keys, which are so anyway. */
function isShared({ name, keys, departments }: ObjectType, { held }: Field): boolean {
  const isRoot = name === 'Query' || name === 'Mutation';
  if (!isRoot && keys.size === 0 && departments.size > 1) return true;
  return (
    [...held.values()].filter(({ isOverridden }) => isOverridden !== true).length > 1 &&
    ![...held.values()].some(({ override }) => override !== undefined)
  );
}

function printKey({ fields, isResolvable }: Key): string {
  return ` @key(fields: "${fields}"${isResolvable ? '' : ', resolvable: false'})`;
}

function printField(
  { name, args, type, isInaccessible }: Field,
  { isExternal, requires, provides, override }: Holding,
  isShareable: boolean,
): string {
  const asked = args.map(
    (argument) =>
      `${SAID}${argument.name}: ${printShape(argument.type)}${argument.defaultValue === undefined ? '' : ` = ${argument.defaultValue}`}`,
  );
  const directives = [
    isExternal === true ? '@external' : isShareable ? '@shareable' : undefined,
    requires === undefined ? undefined : `@requires(fields: "${requires.replaceAll('"', '\\"')}")`,
    provides === undefined ? undefined : `@provides(fields: "${provides}")`,
    override === undefined ? undefined : `@override(from: "${override}")`,
    isInaccessible && isExternal !== true ? '@inaccessible' : undefined,
  ].filter((directive) => directive !== undefined);
  return `${SAID}${name}${asked.length === 0 ? '' : `(${asked.join(', ')})`}: ${printShape(type)} ${directives.join(' ')}`.trimEnd();
}

function printInterface(
  world: World,
  { name, fields, implementations, key, parent }: InterfaceType,
  department: string,
): string {
  const [first = ''] = implementations;
  const shown = fields.flatMap((field) => {
    const found = world.objects.get(first)?.fields.get(field);
    return found === undefined ? [] : [printField({ ...found, isInaccessible: false }, {}, false)];
  });
  const parentIsHere = parent !== undefined && world.interfaces.get(parent)?.departments.has(department) === true;
  return `${SAID}interface ${name}${parentIsHere ? ` implements ${parent}` : ''}${key === undefined ? '' : printKey({ fields: key, isResolvable: true })} {\n  ${shown.join('\n  ')}\n}`;
}

function printStandIn({ name, key = 'id', added }: InterfaceType, department: string): string {
  const fields = [...added.values()].flatMap((field) => {
    const holding = field.held.get(department);
    return holding === undefined ? [] : [printField(field, holding, field.held.size > 1)];
  });
  return `${SAID}type ${name}${printKey({ fields: key, isResolvable: true })} @interfaceObject {\n  ${SAID}${key}: ID!\n  ${fields.join('\n  ')}\n}`;
}
