const START = 'input__';

/** The key of a model's field in the form: `input__camera_control__type` of `camera_control.type`. */
export const formKey = (key: string): string => START + key.replaceAll('.', '__');

/** The key of a field of a list of objects; Zapier wants every key of a form to be another. */
export const childKey = (parent: string, key: string): string => `${formKey(parent)}__${key}`;
