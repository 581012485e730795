import { plainText, shortened } from '../text/plain-text.ts'

/** What a message needs of a device registration; both texts are from outside. */
interface Named {
  readonly id: string
  readonly name: string | undefined
}

/** The name of a device in quotation marks, or the ID of the registration; plain and short. */
export function deviceName({ id, name = id }: Named): string {
  return `"${shortened(plainText(name), 80).replaceAll('"', "'")}"`
}

/** The same with the ID of the registration, by which the dashboard and the API find it. */
export function deviceNameAndId(device: Named): string {
  return device.name === undefined
    ? deviceName(device)
    : `${deviceName(device)} (${deviceName({ id: device.id, name: undefined })})`
}
