import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The open TCP connections of a server, by the client's port. With TLS these are the sockets beneath it. */
export class Connections {
  readonly #byPort = new Map<number, Socket>()

  /** Keeps track of every connection from now on. */
  watch(server: Server): void {
    server.on('connection', (socket) => {
      const port = socket.remotePort ?? 0
      this.#byPort.set(port, socket)
      socket.once('close', () => {
        if (this.#byPort.get(port) === socket) this.#byPort.delete(port)
      })
    })
  }

  /** The TCP socket that carries `socket`: only that one can be reset, a TLS socket cannot. */
  beneath(socket: Socket): Socket {
    return this.#byPort.get(socket.remotePort ?? 0) ?? socket
  }

  destroyAll(): void {
    for (const socket of this.#byPort.values()) socket.destroy()
  }
}
