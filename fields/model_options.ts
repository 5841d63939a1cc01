/** The group of what may stay empty in a model's form, which Zapier shows collapsed. */
export const MODEL_OPTIONS = { key: 'model_options', label: 'More Options of the Model' };
