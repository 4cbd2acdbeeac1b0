import { parse, print } from 'graphql';
import { spreadTags, tagFaults } from '../../../gateway/src/contracts/department-tags.js';

const spread = (sdl: string): string => print(spreadTags(parse(sdl)));

describe('the tags of a type', () => {
  it.each([
    ['stand on each of its fields', 'type A @tag(name: "public") { a: Int }', 'a: Int @tag(name: "public")'],
    [
      'of another block of the same type too',
      'type A @tag(name: "public") { b: Int } extend type A { a: Int }',
      'a: Int @tag(name: "public")',
    ],
    [
      'give way to tags of the field',
      'type A @tag(name: "public") { a: Int @tag(name: "government") }',
      'a: Int @tag(name: "government")',
    ],
    [
      'shrink to those of a role that @access names',
      'type A @tag(name: "public") { a: Int @access(roles: [OFFICER, ENTERPRISE]) }',
      'a: Int @access(roles: [OFFICER, ENTERPRISE]) @tag(name: "enterprise")',
    ],
    [
      'go where @access names none of them',
      'type A @tag(name: "public") { a: Int @access(roles: [OFFICER]) }',
      'a: Int @access(roles: [OFFICER])',
    ],
    [
      'leave alone what belongs to another department',
      'type A @tag(name: "public") { a: Int @external }',
      'a: Int @external',
    ],
  ])('%s', (_what, sdl, field) => {
    expect(
      spread(sdl)
        .split('\n')
        .map((line) => line.trim()),
    ).toContain(field);
  });

  it('do not stay on the type, where another department would inherit them', () => {
    expect(spread('type A @tag(name: "public") { a: Int }')).toMatch(/^type A \{/);
  });
});

describe('a tag is refused', () => {
  it.each([
    ['that is no contract’s', 'type A { a: Int @tag(name: "publik") }', 'The tag "publik" is none of a contract'],
    [
      'that promises everybody what needs a role',
      'type A { a: Int @tag(name: "public") @access(roles: [ENTERPRISE]) }',
      'A.a has the tag "public", and @access answers it to ENTERPRISE only.',
    ],
    [
      'that promises enterprises what officials alone may read',
      'type A { a: Int @tag(name: "enterprise") @access(roles: [OFFICER, AUDITOR]) }',
      'A.a has the tag "enterprise", and @access answers it to OFFICER, AUDITOR only.',
    ],
    ['where it says nothing', 'enum E @tag(name: "public") { A }', 'E has a tag, which says nothing there'],
  ])('%s', (_what, sdl, fault) => {
    expect(tagFaults(parse(sdl))).toEqual([expect.stringContaining(fault)]);
  });

  it('and not where it agrees with @access', () => {
    expect(
      tagFaults(
        parse(
          'type A @tag(name: "public") { a: Int @tag(name: "enterprise") @access(roles: [ENTERPRISE]) b: Int @tag(name: "government") @access(roles: [OFFICER]) }',
        ),
      ),
    ).toEqual([]);
  });
});
