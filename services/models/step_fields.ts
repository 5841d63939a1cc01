/** The fields of a step whose form is the model's, and of the one that takes JSON. */
export const FORM_FIELDS: readonly string[] = ['model', 'upload_files_first'];
export const JSON_FIELDS: readonly string[] = ['model', 'task_type', 'input'];
