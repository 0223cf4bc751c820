// Pages in the Chromium that is installed, served with headers of choice.

import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'

/** The program of Chromium: the one that NEURITE_CHROMIUM names, or where distributions have it; undefined if there is none. */
export const chromiumProgram: string | undefined = [
  process.env.NEURITE_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path))

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/** By the path of a page, the headers that it comes with. */
export const pages = {
  isolated: isolation,
  plain: {},
  'no-webassembly': { ...isolation, 'content-security-policy': "script-src 'self'" },
  'no-workers': { ...isolation, 'content-security-policy': "worker-src 'none'" },
} as const

export interface ServedFiles {
  readonly workers?: readonly string[]
  readonly files?: Readonly<Record<string, string | Uint8Array>>
}

interface Served {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export class PageServer {
  readonly #server: Server
  readonly #browser: Browser

  private constructor(server: Server, browser: Browser) {
    this.#server = server
    this.#browser = browser
  }

  /** Pages that run a program of this folder; beside it lie other programs, for workers, and files, all under their names. */
  static async start(program: string, { workers = [], files = {} }: ServedFiles = {}): Promise<PageServer> {
    const served = new Map<string, Served>()
    for (const name of [program, ...workers])
      served.set(`/${name}.js`, {
        headers: { 'content-type': 'text/javascript', ...isolation },
        body: await bundled(fileURLToPath(new URL(`${name}.ts`, import.meta.url))),
      })
    for (const [name, body] of Object.entries(files)) served.set(`/${name}`, { headers: {}, body })
    for (const [name, headers] of Object.entries(pages))
      served.set(`/${name}`, {
        headers: { 'content-type': 'text/html', ...headers },
        body: `<!doctype html><title>neurite</title><script type="module" src="/${program}.js"></script>`,
      })
    const server = createServer(({ url = '' }, response) => {
      const found = served.get(url)
      if (found === undefined) response.writeHead(404).end()
      else response.writeHead(200, found.headers).end(found.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new PageServer(
      server,
      await chromium.launch({ executablePath: chromiumProgram!, headless: true, args: flags }),
    )
  }

  /** The page, when its program is loaded. */
  async open(name: keyof typeof pages): Promise<Page> {
    const page = await this.#browser.newPage()
    const { port } = this.#server.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}/${name}`)
    await page.waitForFunction('globalThis.program !== undefined')
    return page
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#server.close()
  }
}

async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({
    input,
    platform: 'browser',
    resolve: { conditionNames: ['@neurite/source', 'import', 'browser', 'default'] },
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
  await bundle.close()
  return output[0].code
}
