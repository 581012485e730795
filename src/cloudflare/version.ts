/** The version of this action, sent to Cloudflare in `User-Agent`; a test holds it equal to package.json. */
export const VERSION = '1.0.0'
