import { expect, test } from '@jest/globals'
import { ACTION } from './act.ts'
import { LEAVER, sceneOf } from './scene.ts'

/** An action of a customer's own, with inputs of its own. */
const WRAPPER = `name: Offboard
inputs:
  who:
    required: true
  reason:
    default: left
runs:
  using: composite
  steps:
    - uses: ${ACTION}@v1
      with:
        email: \${{ inputs.who }}
        account-id: \${{ env.ACCOUNT }}
        api-token: \${{ env.TOKEN }}
        devices: true
        warp-session-reauth: true
`

/** Unlike the runner, act hands no INPUT_… variable of the job to an action; the tests of the bundle have that case. */
const WORKFLOW = `on: workflow_dispatch
permissions: {}
jobs:
  offboard:
    runs-on: ubuntu-latest
    permissions: {}
    env:
      ACCOUNT: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}
      TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: ./
        with:
          who: leaver@example.com
`

const scene = sceneOf('wrapped.yml')

test('a composite action with inputs of its own can wrap it', async () => {
  const result = await scene.runForm({}, { text: WORKFLOW, files: { 'action.yml': WRAPPER } })
  expect(result.exitCode).toBe(0)
  expect(scene.revoked()).toEqual([LEAVER])
})
