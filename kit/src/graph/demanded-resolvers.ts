type Resolve = (...given: never[]) => unknown;

/** What the resolver of a field returns, once it is there. */
type Shown<Resolver> = Awaited<ReturnType<Extract<Resolver, Resolve>>>;

/** A type as it is read: nobody changes what a record holds, so a record's lists may be readonly. */
type AsRead<Value> = Value extends Date | Promise<unknown> | Resolve
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly AsRead<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: AsRead<Value[Key]> }
      : Value;

/**
 * The fields that a record holds under their name and as the graph shows them: these are answered without a resolver.
 */
type HeldFields<Resolvers, Held> = {
  [Field in keyof Resolvers]-?: Field extends keyof Held
    ? Exclude<Held[Field], undefined> extends AsRead<Shown<Resolvers[Field]>>
      ? Field
      : never
    : never;
}[keyof Resolvers];

/** What the framework itself asks of a type; without it, there is a default. */
type Framework = `__${string}`;

/**
 * The resolvers of a type of the graph whose values are records of another shape: those of fields that the record does
 * not hold, or holds otherwise, must be there. The generated resolver types of a department are made with it, so that a
 * field which was added to the schema alone does not compile.
 */
export type DemandedResolvers<Resolvers, Held> = Required<Omit<Resolvers, HeldFields<Resolvers, Held> | Framework>> &
  Pick<Resolvers, keyof Resolvers & (HeldFields<Resolvers, Held> | Framework)>;

/** The keys of a type without which an object of it is complete. */
type OptionalKeys<Type> = { [Key in keyof Type]-?: undefined extends Type[Key] ? Key : never }[keyof Type];

/** The resolvers of a schema: types of which some resolver is demanded must be there. */
export type CompleteResolvers<All> = {
  [Type in keyof All as keyof All[Type] extends OptionalKeys<All[Type]> ? never : Type]: All[Type];
} & { [Type in keyof All as keyof All[Type] extends OptionalKeys<All[Type]> ? Type : never]?: All[Type] };
