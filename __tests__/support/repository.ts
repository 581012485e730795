import manifest from '../../package.json' with { type: 'json' }

/** This repository, as `owner/name`. Tests do not spell it out, because `npm run own` changes it. */
export const REPOSITORY = manifest.repository.replace('github:', '')
