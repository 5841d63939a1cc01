import { downloadPicture } from './output/file_pointer.ts';

/** What Zapier runs when a later step needs a file. Its schema takes no underscore in these keys. */
export default { downloadPicture };
