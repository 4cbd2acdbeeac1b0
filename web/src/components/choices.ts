import type { Field } from './command-field.js';
import { graphql, readFragment, type FragmentType } from '../generated/index.js';

const ServingOfficialsFragment = graphql(/* GraphQL */ `
  fragment ServingOfficials on ServiceOfficerConnection {
    nodes {
      official {
        id
        name
        post
        department {
          name
        }
      }
    }
  }
`);

/** Officials of the roster, to choose one. */
export const officialOptions = (
  of: FragmentType<typeof ServingOfficialsFragment> | null | undefined,
): NonNullable<Field['options']> =>
  (of == null ? [] : readFragment(ServingOfficialsFragment, of).nodes).map(
    ({ official: { id, name, post, department } }) => ({
      value: id,
      label: [name, post, department.name].filter(Boolean).join(' · '),
    }),
  );

/** Departments, to choose one. */
export const departmentOptions = (
  of: readonly { readonly code: string; readonly name?: string | null }[],
): NonNullable<Field['options']> => of.map(({ code, name }) => ({ value: code, label: name ?? code }));
