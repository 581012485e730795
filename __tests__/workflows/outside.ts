import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { listenOnLoopback } from '../support/raw-server.ts'

export interface OutsideRequest {
  method: string
  path: string
  headers: NodeJS.Dict<string | string[]>
  body: string
  /** Milliseconds. */
  receivedAt: number
}

/** Whatever a workflow talks to besides Cloudflare and GitHub: the chat, the identity provider, the HR system. */
export class Outside {
  readonly url: string
  readonly requests: OutsideRequest[] = []
  /** What to answer on a path, default 200 with an empty body. */
  readonly answers = new Map<string, { status: number; body: string }>()
  readonly #server: Server

  private constructor(server: Server, port: number) {
    this.#server = server
    this.url = `http://127.0.0.1:${port}`
  }

  static async start(): Promise<Outside> {
    const server = createServer()
    const outside = new Outside(server, await listenOnLoopback(server))
    server.on('request', (request, response) => {
      const { method = '', url: path = '', headers } = request
      void text(request).then((body) => {
        outside.requests.push({ method, path, headers, body, receivedAt: Date.now() })
        const { status, body: answer } = outside.answers.get(path) ?? { status: 200, body: '' }
        response.writeHead(status).end(answer)
      })
    })
    return outside
  }

  /** The messages that arrived in the chat. */
  get alerts(): string[] {
    return this.requests.filter(({ path }) => path === '/chat').map(({ body }) => body)
  }

  async stop(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }
}
