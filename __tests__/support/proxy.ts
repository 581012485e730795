import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { listenOnLoopback } from './raw-server.ts'

/** A CONNECT proxy on loopback that leads every tunnel to one port, for any host. */
export class Proxy implements AsyncDisposable {
  /** The `CONNECT` requests that arrived: `host:port`, and the proxy's own credential if one was sent. */
  readonly tunnels: { readonly target: string; readonly authorization: string | undefined }[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  /** @param port - where tunnels lead; undefined: the proxy accepts CONNECT and never answers it */
  constructor(port: number | undefined) {
    this.#server = createServer((_request, response) => response.writeHead(405).end())
    this.#server.on('connection', (socket: Socket) => this.#sockets.add(socket))
    this.#server.on('connect', (request, client) => {
      this.tunnels.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] })
      if (port === undefined) return
      const upstream = connect(port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n')
        client.pipe(upstream).pipe(client)
      })
      this.#sockets.add(upstream)
      upstream.on('error', () => client.destroy())
      client.on('error', () => upstream.destroy())
    })
  }

  /** Starts it and gives its `host:port`. */
  async listen(): Promise<string> {
    return `127.0.0.1:${await listenOnLoopback(this.#server)}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
