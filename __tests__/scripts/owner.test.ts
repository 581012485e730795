import { expect, test } from '@jest/globals'
import { edited, parseOwner } from '../../scripts/own/owner.ts'

test.each([
  'acme',
  'https://github.com/acme/revoke',
  'acme/revoke/v1',
  'acme-/revoke',
  'a--b/revoke',
  `${'a'.repeat(40)}/revoke`,
  'acme/..',
  'acme/revoke.git',
  'acme/revoke$(id)',
  'acme/revoke access',
])('%s is not a repository', (repository) => {
  const problem = `"${repository}" is not a repository. Use owner/name, such as acme/revoke-cloudflare-access.`
  expect(() => parseOwner(repository, ['@gavin'])).toThrow(new TypeError(problem))
})

test('a reviewer is required', () => {
  expect(() => parseOwner('acme/revoke', [', '])).toThrow(
    /^Name the reviewers of changes: --code-owners @user, /,
  )
})

test.each([
  ['acme', 'is not @user, @organization/team, or an email address.'],
  ['security@example', 'is not @user, @organization/team, or an email address.'],
  ['security#1@example.com', 'is not @user, @organization/team, or an email address.'],
  ['@acme/', 'is not @user or @organization/team.'],
  ['@acme/security/team', 'is not @user or @organization/team.'],
  ['@hooli/security', 'is a team of another organization; a team can only own code of its own organization.'],
])('code owner %s is refused', (codeOwner, problem) => {
  expect(() => parseOwner('acme/revoke', ['@gavin', codeOwner])).toThrow(
    new TypeError(`"${codeOwner}" ${problem}`),
  )
})

test('people, teams, and addresses own code', () => {
  const codeOwners = ['@Acme/it-security, @gavin_acme', 'security@example.com']
  expect(parseOwner('acme/1e5.revoke_access', codeOwners)).toEqual({
    repository: 'acme/1e5.revoke_access',
    codeOwners: ['@Acme/it-security', '@gavin_acme', 'security@example.com'],
  })
})

test.each([
  ['README.md', 'a\n\n<!-- until owned -->\n\nb\n\n<!-- end -->\n\nc\n', 'a\n\nc\n'],
  ['action.yml', 'author: a\n', 'author: "1000"\n'],
  ['docs/a.md', 'a/b@v1, a/b.git, a/b, a/bc, xa/b', '1000/b@v1, a/b.git, 1000/b, a/bc, xa/b'],
])('in %s, %j becomes %j', (path, before, after) => {
  expect(edited(path, before, 'a/b', { repository: '1000/b', codeOwners: ['@c'] })).toBe(after)
})
