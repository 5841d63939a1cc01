import { downloadPicture } from './steps/picture_file.ts';

/** What Zapier runs when a later step needs a file. */
export default { download_picture: downloadPicture };
