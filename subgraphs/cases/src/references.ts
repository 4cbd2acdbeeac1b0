/** Another department's entity as this one knows it: its key. */
export interface EnterpriseRef {
  readonly uscc: string;
}

export interface DepartmentRef {
  readonly code: string;
}
