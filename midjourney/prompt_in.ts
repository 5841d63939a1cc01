/** The keys under which models take what they are to make, the likeliest first. */
const PROMPT_KEYS = [
  'prompt',
  'gpt_description_prompt',
  'style_prompt',
  'text',
  'remixPrompt',
  'gen_text',
];

/** The prompt in the input of a task; '' when there is none. */
export function promptIn(input: Readonly<Record<string, unknown>>): string {
  const found = PROMPT_KEYS.map((key) => input[key]).find(
    (value) => typeof value === 'string' && value.trim() !== '',
  );
  return typeof found === 'string' ? found : '';
}
