import { z } from 'zod';

const HIGHEST_PORT = 65_535;
const name = z.string().regex(/^[a-z][a-z0-9]*$/, 'must be small letters and digits, beginning with a letter');

const demoStep = z.strictObject({
  command: z
    .array(z.string().min(1))
    .min(1)
    .meta({ description: "A command of the department's own command line, with its arguments." }),
  mark: z.string().regex(/^\w+$/).meta({
    description:
      'Under this name the department marks in its own database that the step is done (`loadOnce` of the kit).',
  }),
  options: z
    .array(z.enum(['enterprises', 'date']))
    .default([])
    .meta({
      description:
        'What of the demo city the command wants to be told: `--enterprises <number>`, `--date <YYYY-MM-DD>`.',
    }),
  when: z.enum(['before-start', 'while-serving']).default('before-start').meta({
    description:
      'Before any department is started; or when all serve, through the graph. What fails then does not keep the hub from serving.',
  }),
  undone: z.string().optional().meta({
    description:
      'What is said when a step that is done while serving has failed, for example "The policies are not matched with the demo city yet".',
  }),
});

/**
 * What `subgraphs/<name>/department.json` says; the launcher, composition, tests and measurements read departments
 * nowhere else.
 */
export const departmentFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: name.meta({
      description: 'Name of the department in the supergraph, of its folder and, in capitals, of its variables.',
    }),
    port: z.number().int().min(1).max(HIGHEST_PORT).optional().meta({
      description:
        'Port on which it listens on this machine unless `<NAME>_PORT` says otherwise. Absent where `url` is given.',
    }),
    url: z.url().optional().meta({
      description:
        'Address of a department that runs elsewhere: it is composed and asked, and the launcher does not start it.',
    }),
    owner: z
      .string()
      .regex(/^@[\w./-]+$/, 'must be a team, as in CODEOWNERS')
      .meta({ description: 'The team that owns the folder, as in CODEOWNERS.' }),
    loadAfter: z
      .array(name)
      .default([])
      .meta({ description: "Departments whose part of the demo city must be there before this one's is loaded." }),
    hears: z
      .array(
        z.strictObject({
          from: name.meta({ description: 'Department that sends the events.' }),
          eventTypes: z
            .array(z.string().min(1))
            .min(1)
            .meta({ description: 'Beginnings of event types, up to a dot.' }),
        }),
      )
      .default([])
      .meta({ description: "Other departments' events that it wants to hear of." }),
    readsGraphAs: z
      .strictObject({
        department: z
          .string()
          .regex(/^[A-Z0-9]{2,12}$/)
          .meta({
            description: 'Code of the municipal department for which it reads the graph under the role SERVICE.',
          }),
        variable: z
          .string()
          .regex(/^[A-Z][A-Z0-9_]*$/)
          .optional()
          .meta({ description: 'The setting that names another one.' }),
      })
      .optional()
      .meta({ description: 'Present when it reads the graph itself: in development the launcher gives it a token.' }),
    register: name.optional().meta({
      description:
        'Department that keeps the register, which this one asks whether departments, regions, enterprises and projects exist. The register itself names itself.',
    }),
    demo: z
      .array(demoStep)
      .default([])
      .meta({ description: 'The steps that load its part of the demo city, in order.' }),
  })
  .refine(({ port, url }) => (port === undefined) !== (url === undefined), {
    error: 'must have either a port or a url',
  });

/** A department as its own folder describes it. */
export type DepartmentFile = z.infer<typeof departmentFileSchema>;

/** One step that loads a department's part of the demo city. */
export type DemoStep = DepartmentFile['demo'][number];

/** The same as a JSON Schema, for editors: `subgraphs/department.schema.json`. */
export function departmentFileJsonSchema(): object {
  return z.toJSONSchema(departmentFileSchema, { io: 'input', target: 'draft-2020-12' });
}
