import { downloadPicture } from './output/download_file.ts';

/** What Zapier runs when a later step needs a file. Its schema takes no underscore in these keys. */
export default { downloadPicture };
