import { createServer, type Server, type Socket } from 'node:net'

/** Starts a server, and gives its port. */
export async function listenOnLoopback(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  return address.port
}

/** A server of raw bytes on loopback: the test sees and answers each connection. */
export class RawServer implements AsyncDisposable {
  /** What arrived on each connection, in the order in which they came. */
  readonly received: string[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  /** @param onData - called with what arrives on a connection, and the connection's number from 0 */
  constructor(onData: (text: string, socket: Socket, connection: number) => void = () => undefined) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket)
      const connection = this.received.push('') - 1
      socket.on('error', () => socket.destroy())
      socket.setEncoding('utf8').on('data', (text: string) => {
        this.received[connection] = `${this.received[connection] ?? ''}${text}`
        onData(text, socket, connection)
      })
    })
  }

  /** Starts it and gives its port. */
  async listen(): Promise<number> {
    return listenOnLoopback(this.#server)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
