import { testModelForms } from './model_forms.ts';

testModelForms('apiframe');
