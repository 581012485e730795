import { expect, test } from '@jest/globals'
import { BUNDLE } from '../../scripts/step.ts'
import { reportOf } from '../support/report.ts'
import { Scene, SOURCE } from '../support/scene.ts'

test.each([BUNDLE, SOURCE])(
  'devices of a user whom only search finds: no count where none was read (%#)',
  async (entry) => {
    await using scene = await Scene.open({ world: { devicesIgnored: true } }, 20)
    const email = 'hidden@example.com'
    scene.organization.addUser({ email, devices: 2, foundBySearchOnly: true })
    const result = await scene.run({ email, verify: 'true', devices: 'true' }, { entry })
    const [user] = reportOf(result).users
    expect(user).toMatchObject({ status: 'revoked', devices_before: 2 })
    expect(user?.devices_after).toBeUndefined()
  },
)
