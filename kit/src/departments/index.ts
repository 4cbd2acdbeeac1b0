export {
  departmentFileJsonSchema,
  departmentFileSchema,
  type DemoStep,
  type DepartmentFile,
} from './department-file.js';
export {
  inLoadingOrder,
  ownDepartment,
  readDepartment,
  readDepartments,
  registerOf,
  UnusableDepartment,
} from './read-departments.js';
