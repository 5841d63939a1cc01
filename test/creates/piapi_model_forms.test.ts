import { testModelForms } from './model_forms.ts';

testModelForms('piapi_unified');
